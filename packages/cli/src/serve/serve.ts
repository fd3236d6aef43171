import { committedSupergraph, startGateway } from '@clientele/gateway'
import {
  createLog,
  createMetrics,
  createPublicRoutes,
  type Environment,
  environment,
  type RunningService,
  run,
  type Subgraph,
  serveMetrics,
  sharedServerCheck,
  startTracing,
  tellMisspelt,
  Unavailable,
} from '@clientele/kit'
import { services } from '../services.js'
import { readServeSettings, serveVariables } from './serve-settings.js'

/** The gateway and all services in this process. */
export interface Serving {
  url: string
  /** Where its metrics are, where they are served. */
  metricsUrl: string | undefined
  /** Resolves when every service is up; rejects when one cannot start. */
  ready: Promise<void>
  /** Says no on `/readyz`, answers what is in flight, lets background work finish, then closes. May be called again. */
  stop(): Promise<void>
}

/**
 * Serves with real backing services, which the environment names. The gateway answers probes from the beginning: alive, but not ready while a
 * service waits for its database or NATS. Any number of such processes share the work, as replicas of each service would.
 * @throws ConfigError with all faults together
 */
export const serveAll = async (env: Environment = environment()): Promise<Serving> => {
  tellMisspelt(createLog({ name: 'serve', level: 'warn' }), env, serveVariables(services))
  const settings = readServeSettings(services, env)
  const running = new Map<string, RunningService>()
  const waitsFor = new Map<string, string | undefined>()
  const subgraphs = settings.services.map(({ service }) => untilUp(service.name, running))
  const log = createLog({ name: 'gateway', level: settings.services[0]?.log.level as never })
  // One verifier for all, so that a token is verified once in this process.
  const verifier = settings.services[0]!.verifier

  const tracing = await startTracing('clientele', settings.gateway, log)
  const metrics = createMetrics({ ofProcess: true })
  const { HOST: host, METRICS_PORT: metricsPort } = settings.gateway
  const metricsServer = metricsPort === undefined ? undefined : await serveMetrics(metrics, { host, port: metricsPort })
  const gateway = await startGateway({
    metrics,
    config: {
      ...settings.edge,
      port: settings.gateway.PORT,
      host: settings.gateway.HOST,
      supergraphFile: settings.gateway.SUPERGRAPH_FILE ?? committedSupergraph,
    },
    subgraphs,
    verifier,
    log,
    beside: createPublicRoutes({
      services,
      running: (name) => running.get(name),
      settings: settings.publicly,
      log,
    }),
    checks: Object.fromEntries(
      settings.services.flatMap(({ service: { name } }) =>
        ['database', 'nats', 'schema', 'keys', 'account'].map((check) => [
          `${name}.${check}`,
          () => checkOf(running, name, check, waitsFor.get(name)),
        ]),
      ),
    ),
  })

  const checkServer = sharedServerCheck(settings.services, log)
  const publicUrl = () => settings.publicly.PUBLIC_URL ?? gateway.url
  const starting = settings.services.map(async ({ service, host: _, account, ...surroundings }) => {
    const peers = { subgraph: (name: string) => subgraphs.find((each) => each.name === name), ...account }
    const onWait = (what: string | undefined) => void waitsFor.set(service.name, what)
    running.set(
      service.name,
      await run(service, { ...surroundings, metrics, verifier, peers, checkServer, publicUrl, onWait }),
    )
  })
  const ready = Promise.all(starting).then(() => log.info({ url: gateway.url }, 'ready'))

  const close = async () => {
    await gateway.stop()
    await Promise.all([...running.values()].map((service) => service.stop()))
    verifier.close?.()
    await metricsServer?.stop()
    await tracing.stop()
  }
  let stopping: Promise<void> | undefined
  return {
    url: gateway.url,
    metricsUrl: metricsServer?.url,
    ready,
    stop: () => {
      stopping ??= close()
      return stopping
    },
  }
}

const starting = (name: string, waitsFor?: string) =>
  new Unavailable(waitsFor ? `${name} waits for ${waitsFor}.` : `${name} is starting.`, { reason: 'start' })

const untilUp = (name: string, running: ReadonlyMap<string, RunningService>): Subgraph => ({
  name,
  execute: async (request) => {
    const service = running.get(name)
    if (service) return service.subgraph.execute(request)
    const { message, extensions } = starting(name)
    return { errors: [{ message, extensions }] }
  },
})

const checkOf = async (
  running: ReadonlyMap<string, RunningService>,
  name: string,
  check: string,
  waitsFor: string | undefined,
) => {
  const service = running.get(name)
  if (!service) throw starting(name, waitsFor)
  return service.checks[check]?.()
}
