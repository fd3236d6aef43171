import {
  createLog,
  createMetrics,
  createVerifier,
  type Environment,
  environment,
  httpSubgraph,
  serveMetrics,
  startTracing,
  tellMisspelt,
} from '@clientele/kit'
import { processVariables, readProcessConfig } from './config.js'
import { startGateway } from './gateway.js'

/**
 * Runs the gateway as a process of its own, with the environment as its configuration, until SIGTERM or SIGINT. Resolves when it listens.
 * @throws ConfigError with all faults together, and what `startGateway` throws
 */
export const startGatewayProcess = async (env: Environment = environment()): Promise<void> => {
  tellMisspelt(createLog({ name: 'gateway', level: 'warn' }), env, processVariables(env))
  const { gateway: config, subgraphs: addresses, ...settings } = readProcessConfig(env)
  const { issuer, audience, logLevel, metricsPort } = settings
  const log = createLog({ name: 'gateway', level: logLevel })
  const traces = await startTracing('clientele-gateway', settings.tracing, log)
  const subgraphs = addresses.map((address) => httpSubgraph({ ...address, timeoutMs: config.subgraphTimeoutMs, log }))
  const verifier = createVerifier({ issuer, audience, log })
  const metrics = createMetrics({ ofProcess: true })
  const gateway = await startGateway({ config, subgraphs, verifier, metrics, log })
  const host = config.host ?? '127.0.0.1'
  const metricsServer = metricsPort === undefined ? undefined : await serveMetrics(metrics, { host, port: metricsPort })
  log.info({ url: gateway.url }, 'listening')

  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping')
    await gateway.stop()
    await metricsServer?.stop()
    await Promise.all(subgraphs.map((subgraph) => subgraph.close()))
    verifier.close?.()
    await traces.stop()
    log.info('stopped')
  }
  process.once('SIGTERM', stop).once('SIGINT', stop)
}
