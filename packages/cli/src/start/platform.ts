import type { Progress } from '@clientele/embedded'
import { committedSupergraph, readEdge, startGateway } from '@clientele/gateway'
import {
  createLog,
  createMetrics,
  createPublicRoutes,
  createVerifier,
  databaseUrls,
  type Environment,
  environment,
  inTime,
  provisionDatabase,
  provisionRoles,
  type RunningService,
  readPublicSettings,
  run,
  serveMetrics,
  sharedServerCheck,
  startTracing,
} from '@clientele/kit'
import { type CliConfig, serviceSettings } from '../config.js'
import { openHome } from '../home.js'
import { masterKeysFor } from '../keys/master-keys.js'
import { services } from '../services.js'
import { startBacking } from './backing.js'
import { checksOf } from './checks.js'
import { createWaits, type Waits } from './waits.js'

/** An embedded server that hangs is killed after less. */
const stopLimitMs = 90_000

/** Reachable from this machine only. */
const host = '127.0.0.1'

export interface Platform {
  url: string
  /** The folder of its data. */
  home: string
  issuer: string
  embedded: readonly string[]
  /** Where its metrics are, where they are served. */
  metricsUrl: string | undefined
  services: readonly RunningService[]
  demoToken?: (as: string) => Promise<string>
  stop(): Promise<void>
}

/**
 * Starts backing services, the five services and the gateway in this process; everything is stopped again when one fails.
 * `env` holds the settings of the services and of the gateway's edge; `waiting` is told every ten seconds what is still waited for.
 */
export const startPlatform = async (
  config: CliConfig,
  progress: Progress,
  env: Environment = environment(),
  waiting: Progress = progress,
): Promise<Platform> => {
  const waits = createWaits(waiting)
  const cleanups: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  }
  try {
    return { ...(await startAll(config, env, progress, waits, cleanups)), stop }
  } catch (error) {
    // Told first: the parts may take their time to end.
    if (cleanups.length) progress(`stopping what was started: ${(error as Error).message}`)
    const ended = inTime(stopLimitMs, stop).catch((late: Error) =>
      progress(`what was started may run on: ${late.message}`),
    )
    await waits.during('the end of what was started', ended)
    throw error
  }
}

const startAll = async (
  config: CliConfig,
  env: Environment,
  progress: Progress,
  waits: Waits,
  cleanups: (() => Promise<unknown>)[],
) => {
  const edge = readEdge(env)
  const publicly = readPublicSettings(env)
  const home = await openHome(config.CLIENTELE_HOME)
  const masterKeys = await masterKeysFor(config)
  // Where there is no master key, nothing else needs to be started to learn so.
  await masterKeys.wrap(Buffer.alloc(1), 'check')
  const backing = await startBacking(config, home, progress, waits)
  cleanups.push(backing.stop)

  progress('preparing the databases')
  const names = services.map(({ name }) => name)
  const password = await home.databasePassword()
  const databases = Object.fromEntries(names.map((name) => [name, databaseUrls(backing.adminUrl, name, password)]))
  try {
    await waits.during('the roles of the databases', provisionRoles(backing.adminUrl, names, password))
    for (const name of names) {
      await waits.during(`the database ${name}`, provisionDatabase(backing.adminUrl, name))
    }
  } catch (cause) {
    if (!config.DATABASE_URL) throw cause
    throw new Error(`The databases cannot be prepared with DATABASE_URL: ${(cause as Error).message}`, { cause })
  }

  progress('starting the services')
  const logOf = (name: string) => createLog({ name, level: config.LOG_LEVEL })
  const log = logOf('gateway')
  const verifier = createVerifier({ issuer: backing.issuer, audience: config.OIDC_AUDIENCE, log })
  const tracing = await startTracing('clientele', config, log)
  cleanups.push(tracing.stop)
  const running: RunningService[] = []
  cleanups.push(() => Promise.all(running.map((service) => service.stop())))
  const checkServer = sharedServerCheck(
    Object.values(databases).map((database) => ({ database })),
    log,
  )
  const metrics = createMetrics({ ofProcess: true })
  const { METRICS_PORT: metricsPort } = config
  const metricsServer = metricsPort === undefined ? undefined : await serveMetrics(metrics, { host, port: metricsPort })
  if (metricsServer) cleanups.push(() => metricsServer.stop())
  let ownUrl = ''
  const publicUrl = () => publicly.PUBLIC_URL ?? ownUrl
  const isEmbedded = config.NODE_ENV !== 'production'
  // Settled, so that no service goes on starting on a database that is taken away when another one has failed.
  const outcomes = await Promise.allSettled(
    services.map(async (service) => {
      const starting = run(service, {
        database: databases[service.name] as NonNullable<(typeof databases)[string]>,
        nameLocale: config.NAME_LOCALE,
        natsUrl: backing.natsUrl,
        verifier,
        metrics,
        masterKeys,
        checkServer,
        peers: {
          subgraph: (name) => running.find((peer) => peer.name === name)?.subgraph,
          ...backing.account(service.name, logOf(service.name)),
        },
        settings: serviceSettings(service, { embedded: isEmbedded, home: home.dir }, env),
        publicUrl,
        log: logOf(service.name),
        onWait: (what) => waits.note(service.name, what),
      })
      running.push(await waits.during(service.name, starting))
    }),
  )
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason

  const startingGateway = startGateway({
    metrics,
    config: { ...edge, port: config.PORT, host, supergraphFile: committedSupergraph },
    subgraphs: running.map(({ subgraph }) => subgraph),
    verifier,
    log,
    checks: checksOf(running),
    beside: createPublicRoutes({
      services,
      running: (name) => running.find((service) => service.name === name),
      settings: publicly,
      log,
    }),
    ...(backing.demoToken && { playgroundToken: () => backing.demoToken!('manager') }),
  })
  const gateway = await waits.during('the gateway', startingGateway)
  ownUrl = gateway.url
  cleanups.push(gateway.stop)
  await home.announce({
    pid: process.pid,
    url: gateway.url,
    natsUrl: backing.natsUrl,
    issuer: backing.issuer,
    issuerDir: backing.issuerDir,
    databases,
  })
  cleanups.push(home.withdraw)
  return {
    url: gateway.url,
    home: home.dir,
    issuer: backing.issuer,
    embedded: backing.embedded,
    metricsUrl: metricsServer?.url,
    services: running,
    ...(backing.demoToken && { demoToken: backing.demoToken }),
  }
}
