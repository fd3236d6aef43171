import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultCacheDir, findNats, freePort, type NatsBinary, startNats } from '@clientele/embedded'
import {
  createLog,
  createVerifier,
  type DatabaseUrls,
  type Log,
  type MasterKeys,
  makeMasterKeyFile,
  masterKeyFile,
  type PublicServer,
  type PublicSettings,
  publicSettings,
  type RunningService,
  run,
  type Service,
  type ServiceAccount,
  servePublicRoutes,
  type Verifier,
} from '@clientele/kit'
import { type AsActor, callAs } from './call-as.js'
import { watchHandles } from './leaks.js'
import { createSettle } from './settle.js'
import { cloneDatabase } from './template.js'
import { audience, startTestIssuer, type TestActor, type TestIssuer } from './tokens.js'

export interface TestPlatformOptions {
  now?: () => Date
  /** How the public routes of the services are limited. */
  publicly?: Partial<PublicSettings>
  settings?: Readonly<Record<string, unknown>>
  backoff?: readonly number[]
  /** Where the services log; by default only what is fatal. */
  log?: Log
  /** Called with the text of every SQL statement that the ORM sends. */
  onStatement?: (sql: string) => void
  /** Whether relay, consumers and jobs run by themselves; by default the test steps them. */
  background?: boolean
  /** How many database connections each service has, all together; 15 unless given. */
  connections?: number
  /** Above the keys of tenants; a file of this platform's own unless given. */
  masterKeys?: MasterKeys
  /** Whether the services' compiled reads answer what they can; on unless given. */
  queryCompiler?: boolean
  /** Takes tokens of another issuer than the platform's own. */
  verifier?: Verifier
  /** The services' own account at another issuer than the platform's own. */
  account?: Pick<ServiceAccount, 'issuer' | 'token'>
  /** For how long services trust what they know of a tenant's keys, in milliseconds. */
  keysFreshMs?: number
}

export interface TestPlatform {
  services: ReadonlyMap<string, RunningService>
  service(name: string): RunningService
  /** Calls one service's subgraph as someone with this role or these claims. */
  as(service: string, actor: string | TestActor): AsActor
  issuer: TestIssuer
  verifier: Verifier
  masterKeys: MasterKeys
  /** Where the platform's master key is, unless it was given. */
  masterKeyPath: string
  natsUrl: string
  /** Serves the public routes of all services, where one has any. */
  publicServer: PublicServer | undefined
  /** Takes nats-server away, with or without its goodbye, and starts it again where it was. */
  nats: { stop(): Promise<void>; kill(): Promise<void>; startAgain(): Promise<void> }
  /** Where a service's database of this test is. */
  urls(service: string): DatabaseUrls
  /** Publishes every outbox. */
  relay(): Promise<void>
  /** Publishes and consumes until nothing moves any more. */
  settle(): Promise<void>
  /** Runs this before the platform stops: for what a test opens beside it. */
  defer(cleanup: () => Promise<unknown>): void
  stop(): Promise<void>
}

let natsBinary: Promise<NatsBinary> | undefined

/** Starts services in this process on real PostgreSQL, a nats-server of their own and real tokens; everything closes when the test file ends. */
export const startPlatform = async (
  services: readonly Service[],
  o: TestPlatformOptions = {},
): Promise<TestPlatform> => {
  const noLeaks = watchHandles()
  const cleanups: (() => Promise<unknown>)[] = []
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= (async () => {
      for (const cleanup of cleanups.reverse()) await cleanup()
      await noLeaks()
    })()
    return stopped
  }
  afterAll(stop)
  try {
    return await startAll(services, o, cleanups, stop)
  } catch (error) {
    await stop().catch(() => {})
    throw error
  }
}

const startAll = async (
  services: readonly Service[],
  o: TestPlatformOptions,
  cleanups: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<TestPlatform> => {
  const dir = await mkdtemp(join(tmpdir(), 'clientele-nats-'))
  cleanups.push(() => rm(dir, { recursive: true, force: true }))
  const issuer = await startTestIssuer()
  cleanups.push(issuer.stop)
  natsBinary ??= findNats(defaultCacheDir())
  const natsOptions = { dir, port: await freePort(), cacheDir: defaultCacheDir(), binary: await natsBinary }
  let nats = await startNats(natsOptions)
  cleanups.push(() => nats.stop())
  const log =
    o.log ?? createLog({ name: 'test', level: process.env.CLIENTELE_TEST_LOG === 'debug' ? 'debug' : 'fatal' })
  const verifier = o.verifier ?? createVerifier({ issuer: issuer.issuer, audience })

  const masterKeyPath = join(dir, 'master-key')
  await makeMasterKeyFile(masterKeyPath)
  const masterKeys = o.masterKeys ?? masterKeyFile(masterKeyPath, { strict: false })
  // The object that was given, which a test may change later.
  const settings: Record<string, unknown> = o.settings ?? {}
  if (!('FILES_FOLDER' in settings)) settings.FILES_FOLDER = join(dir, 'files')
  const running = new Map<string, RunningService>()
  const urls = new Map<string, DatabaseUrls>()
  const publicServer = services.some(({ routes }) => routes?.length)
    ? await servePublicRoutes({
        services,
        running: (name) => running.get(name),
        settings: { ...publicSettings.parse({}), ...o.publicly },
        host: '127.0.0.1',
        port: 0,
        log,
      })
    : undefined
  if (publicServer) cleanups.push(() => publicServer.stop({ graceMs: 0 }))
  for (const service of services) {
    const database = await cloneDatabase(service)
    cleanups.push(database.drop)
    urls.set(service.name, database.urls)
    const account = o.account ?? { issuer: issuer.issuer, token: () => issuer.serviceToken(service.name) }
    const started = await run(service, {
      database: database.urls,
      natsUrl: nats.url,
      verifier,
      masterKeys,
      peers: { subgraph: (name) => running.get(name)?.subgraph, ...account },
      settings,
      log,
      publicUrl: () => publicServer?.url ?? '',
      background: o.background ?? false,
      backoff: o.backoff ?? [0, 0, 0],
      migrate: false,
      connections: o.connections ?? 15,
      ...(o.queryCompiler === false && { queryCompiler: false }),
      ...(o.now && { now: o.now }),
      ...(o.keysFreshMs && { keysFreshMs: o.keysFreshMs }),
      ...(o.onStatement && { onStatement: o.onStatement }),
    })
    cleanups.push(started.stop)
    running.set(service.name, started)
  }

  const service = (name: string) => {
    const found = running.get(name)
    if (!found) throw new Error(`${name} was not started`)
    return found
  }
  const relay = async () => {
    const published = await Promise.all([...running.values()].map((each) => each.relay.run()))
    return published.reduce((sum, events) => sum + events, 0)
  }

  return {
    services: running,
    service,
    as: (name, actor) =>
      callAs(service(name).subgraph, () => issuer.token(typeof actor === 'string' ? { roles: [actor] } : actor)),
    issuer,
    verifier,
    masterKeys,
    masterKeyPath,
    natsUrl: nats.url,
    publicServer,
    nats: {
      stop: () => nats.stop(),
      kill: async () => {
        process.kill(nats.pid, 'SIGKILL')
        await nats.stop().catch(() => {})
      },
      startAgain: async () => {
        nats = await startNats(natsOptions)
      },
    },
    urls: (name) => urls.get(name) as DatabaseUrls,
    relay: async () => void (await relay()),
    settle: createSettle([...running.values()], relay),
    defer: (cleanup) => void cleanups.push(cleanup),
    stop,
  }
}
