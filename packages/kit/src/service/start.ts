import { type Environment, environment } from '../config/config.js'
import { createLog } from '../config/log.js'
import { tellMisspelt } from '../config/tell-misspelt.js'
import { Unavailable } from '../errors/errors.js'
import { health } from '../http/health.js'
import { serve } from '../http/http-server.js'
import { httpSubgraph } from '../http/http-transport.js'
import { tellAnswer } from '../messages/messages.js'
import { createMetrics } from '../metrics/metrics.js'
import { serveMetrics } from '../metrics/metrics-server.js'
import { peerUrls } from '../peers/peers.js'
import { servePublicRoutes } from '../routes/public-server.js'
import { startTracing } from '../tracing/start-tracing.js'
import { run } from './run.js'
import type { RunningService } from './running-service.js'
import type { Service } from './service.js'
import { readStartSettings, startVariables } from './start-settings.js'

const checkNames = ['database', 'nats', 'schema', 'keys', 'account'] as const

const starting = {
  errors: [{ message: 'The service is starting.', extensions: { code: 'UNAVAILABLE', reason: 'start' } }],
}

/** A service that answers over HTTP. */
export interface StartedService {
  url: string
  /** Resolves when the service is up; rejects when it cannot start. */
  ready: Promise<RunningService>
  /** Goes on for DRAIN_MS, answers what is in flight, finishes what has begun, and closes. May be called again. */
  stop(): Promise<void>
}

/**
 * Runs one service as a process of its own, with the environment as its configuration, until SIGTERM or SIGINT; a setting with the service's name in
 * front is its own, as in a process with all of them. From the beginning it answers
 * probes: alive, but not ready while it waits for its database and NATS.
 */
export const start = async (service: Service, env: Environment = environment()): Promise<StartedService> => {
  tellMisspelt(createLog({ name: service.name, level: 'warn' }), env, startVariables(service, env))
  const [{ host: config, account, ...surroundings }, publicly] = readStartSettings(service, env)
  const { log } = surroundings
  const tracing = await startTracing(`clientele-${service.name}`, config, log)
  const metrics = createMetrics({ ofProcess: true })
  const peers = peerUrls(config).map(([name, url]) => httpSubgraph({ name, url }))
  let running: RunningService | undefined
  let waitsFor: string | undefined
  const up = () => {
    if (running) return running
    const why = waitsFor ? `The service waits for ${waitsFor}.` : 'The service is starting.'
    throw new Unavailable(why, { reason: 'start' })
  }
  const server = await serve({
    subgraph: {
      name: service.name,
      execute: async (request) => (running ? running.subgraph.execute(request) : tellAnswer(starting, request.headers)),
    },
    health: health({
      checks: {
        ...Object.fromEntries(checkNames.map((name) => [name, async () => up().checks[name]?.()])),
        issuer: surroundings.verifier.ready,
      },
    }),
    // Nobody but the gateway and those who run it comes to this port.
    ...(config.METRICS_PORT === undefined && { metrics }),
    host: config.HOST,
    port: config.PORT,
    log,
  })
  const publicServer =
    publicly &&
    (await servePublicRoutes({
      services: [service],
      running: () => running,
      settings: publicly,
      host: config.HOST,
      port: publicly.PUBLIC_PORT,
      log,
    }))
  const metricsServer =
    config.METRICS_PORT === undefined
      ? undefined
      : await serveMetrics(metrics, { host: config.HOST, port: config.METRICS_PORT })
  const ready = run(service, {
    ...surroundings,
    metrics,
    onWait: (what) => {
      waitsFor = what
    },
    publicUrl: publicServer && (() => publicly.PUBLIC_URL ?? publicServer.url),
    peers: { subgraph: (name) => peers.find((peer) => peer.name === name), ...account },
  })
  let stopping: Promise<void> | undefined
  const close = async () => {
    const drain = { drainMs: config.DRAIN_MS }
    await Promise.all([server.stop(drain), publicServer?.stop(drain)])
    await (await ready.catch(() => undefined))?.stop()
    await Promise.all([...peers.map((peer) => peer.close()), metricsServer?.stop()])
    await tracing.stop()
  }
  const stop = () => {
    stopping ??= close()
    return stopping
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping')
      if (!running) process.exit(0)
      stop().catch((error: unknown) => log.error({ err: error }, 'stopping failed'))
    })
  }
  ready.then(
    (service) => {
      running = service
      log.info({ url: server.url }, 'ready')
    },
    async (error: unknown) => {
      log.fatal({ err: error }, 'the service cannot start')
      process.exitCode = 1
      await stop()
    },
  )
  return { url: server.url, ready, stop }
}
