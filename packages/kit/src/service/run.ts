import type { NatsConnection } from '@nats-io/transport-node'
import { chainKeyOf } from '../audit/audit-chain.js'
import { changeSubscriber } from '../audit/audit-changes.js'
import { withAuditLog } from '../audit/audit-part.js'
import { sealing } from '../audit/audit-seal.js'
import { dataSubjects } from '../audit/data-subject.js'
import type { Actor, Verifier } from '../auth/auth.js'
import type { Log } from '../config/log.js'
import { createKeyring, type Keyring } from '../encryption/keyring.js'
import type { MasterKeys } from '../encryption/master-keys.js'
import { type Consumption, createConsumption } from '../events/consumption.js'
import type { Inbox } from '../events/inbox.js'
import { checkNats, checkStream, closeNats, connectNats } from '../events/nats.js'
import { createRelay, type Relay } from '../events/relay.js'
import { createSlowTurns } from '../events/slow-turns.js'
import { wakeSubject } from '../events/stream.js'
import type { StreamSettings } from '../events/stream-settings.js'
import { readCanonicalIds } from '../graphql/canonical-ids.js'
import { createSubgraph } from '../graphql/executor.js'
import { buildSubgraph } from '../graphql/schema.js'
import type { Subgraph } from '../http/transport.js'
import { housekeeping } from '../jobs/housekeeping.js'
import { createJob, type RunningJob } from '../jobs/job.js'
import { withKit } from '../messages/messages.js'
import type { AskOptions } from '../peers/ask.js'
import { shareConnections } from '../postgres/connection-budget.js'
import { type Database, openDatabase } from '../postgres/database.js'
import { createLeases, type Fence } from '../postgres/leases.js'
import { checkSchema, migrate } from '../postgres/migrate.js'
import type { DatabaseUrls } from '../postgres/provision.js'
import { checkServers } from '../postgres/server-check.js'
import { createTenantSessions } from '../postgres/tenant-sessions.js'
import { type BoundRoute, bindRoutes } from '../routes/bound-routes.js'
import type { Route } from '../routes/route.js'
import { timersJob } from '../timers/timers.job.js'
import type { Context } from './context.js'
import { createScopes } from './scopes.js'
import type { Service } from './service.js'
import { waitFor } from './wait-for.js'

/** What a service needs of the world around it. */
export interface Surroundings {
  database: DatabaseUrls
  /** The language in whose order names are, a BCP 47 tag; by default alphabets first, then Chinese by pinyin. */
  nameLocale?: string
  natsUrl: string
  /** How the stream of events is to be kept, which is checked at the start; without it a stream that is there stays as it is. */
  stream?: StreamSettings
  verifier: Verifier
  /** Wraps the keys of tenants, under which sensitive values are stored. */
  masterKeys: MasterKeys
  /** For how long it trusts what it knows of a tenant's keys, in milliseconds; 30 000 unless given. */
  keysFreshMs?: number
  /** How it reaches the other services. */
  peers: AskOptions
  settings?: Readonly<Record<string, unknown>>
  /** Where the links of its public routes lead, without a path. */
  publicUrl?: (() => string) | undefined
  log: Log
  now?: () => Date
  /** Pauses of a consumer between the tries of an event, in milliseconds. */
  backoff?: readonly number[]
  /** Whether relay, consumers and jobs run by themselves; tests and tools step them by hand. */
  background?: boolean
  /** Whether to bring the schema up to date first; otherwise readiness waits for whoever does. */
  migrate?: boolean
  /** How many connections this replica of the service opens at most, all together; 20 unless given. */
  connections?: number
  /** Refuses a server that cannot carry the services of this process; unless given, this service alone is counted. */
  checkServer?: () => Promise<void>
  /** Whether the service's query compiler answers what it can; otherwise its resolvers answer everything. On unless given. */
  queryCompiler?: boolean
  /** After how many milliseconds the database gives up a statement of a request, consumer or job; 30 000 unless given, 0 for never. */
  statementTimeout?: number
  /** After how many milliseconds without a renewal another process may do what only one does; 15 000 unless given. */
  leaseMs?: number
  /** How long the start waits for a database or NATS that is not there yet, in milliseconds; 30 000 unless given. */
  patience?: number
  /** Told what the start waits for, such as `NATS at 127.0.0.1:4222`, and undefined when that is there. */
  onWait?: ((what: string | undefined) => void) | undefined
  /** Called with the text of every SQL statement that the ORM sends. */
  onStatement?: (sql: string) => void
}

/** A service that is up. */
export interface RunningService {
  name: string
  subgraph: Subgraph
  routes: ReadonlyMap<Route, BoundRoute>
  database: Database
  nats: NatsConnection
  /** Readiness checks by name; each resolves or throws why not. */
  checks: Record<string, () => Promise<void>>
  keyring: Keyring
  context(actor: Actor): Context
  inbox: Inbox
  relay: Relay
  consumptions: readonly Consumption[]
  jobs: readonly RunningJob[]
  /** Lets the background work finish what it has begun, then closes. Stop the transports in front first. May be called again. */
  stop(): Promise<void>
}

const defaultBackoff = [1_000, 5_000, 30_000, 120_000, 600_000]

/** Starts one service in this process. What it has opened is closed again when it cannot start; throws UNAVAILABLE when patience ends. */
export const run = async (service: Service, around: Surroundings): Promise<RunningService> => {
  await using opened = new AsyncDisposableStack()
  const { log, now = () => new Date(), settings = {}, background = true, patience = 30_000 } = around
  const { database: urls } = around
  const schema = readCanonicalIds(withAuditLog(buildSubgraph(service).schema))
  const translations = withKit(service.translations)
  const shares = shareConnections(around.connections)
  const checkServer = around.checkServer ?? (() => checkServers([around], log))
  const waiting = { patience, log, onWait: around.onWait }
  const postgres = `PostgreSQL at ${hostOf(urls.url)}`
  await waitFor(postgres, checkServer, waiting)
  if (around.migrate !== false) {
    await waitFor(postgres, () => migrate(urls.ownerUrl, service.migrations, log, around.nameLocale), waiting)
  }
  const nats = await waitFor(
    `NATS at ${hostOf(around.natsUrl)}`,
    () => connectNats(around.natsUrl, service.name),
    waiting,
  )
  opened.defer(() => closeNats(nats))
  const { stream } = around
  if (stream) await waitFor('JetStream', () => checkStream(nats, stream, log), waiting)
  const database = await openDatabase(urls, service.entities, service.policies ?? [], log, { ...around, shares })
  opened.defer(database.close)

  const keyring = createKeyring({
    service: service.name,
    system: database.system,
    masterKeys: around.masterKeys,
    freshMs: around.keysFreshMs,
  })
  await waitFor('the master key', keyring.check, waiting)
  database.orm.em.getEventManager().registerSubscriber(changeSubscriber)
  const { scopeOf, contextOf, newTrail, writeTrail, self } = createScopes({
    service: service.name,
    dataSubjectOf: dataSubjects(service.policies ?? []),
    database,
    keyring,
    peers: around.peers,
    settings,
    publicUrl: around.publicUrl,
    translations,
    log,
    now,
    // Only a hint: the relay polls. A commit must not fail because it cannot be given.
    wake: () => {
      if (!nats.isClosed() && !nats.isDraining()) nats.publish(wakeSubject(service.name))
    },
  })
  const leases = createLeases(urls.systemUrl, { log, expiryMs: around.leaseMs })
  opened.defer(leases.close)
  const inbox: Inbox = {
    fence: leases.fence,
    scope: (tenant, requestId, limit) => scopeOf(self(tenant), { requestId }, { limit }),
    system: database.system,
    log,
  }
  const relay = createRelay({
    service: service.name,
    system: database.system,
    leases,
    nats,
    stream: around.stream,
    log,
  })
  const slowTurns = createSlowTurns(Math.max(1, Math.floor(shares.transactions / 4)))
  const consumptions = (service.consumers ?? []).map((consumer) =>
    createConsumption({
      consumer,
      nats,
      stream: around.stream,
      inbox,
      leases,
      slowTurns,
      backoff: around.backoff ?? defaultBackoff,
    }),
  )
  const forTenant = (tenant: string, fence?: Fence) => contextOf(self(tenant), undefined, undefined, fence)
  const timers = service.timers?.length ? [timersJob(service.name, service.timers)] : []
  const ownJobs = [...timers, sealing(service.name, chainKeyOf(keyring)), housekeeping(service.name)]
  const jobs = [...(service.jobs ?? []), ...ownJobs].map((job) =>
    createJob(job, { system: database.system, log, now, settings, account: around.peers, forTenant }, leases),
  )
  const sessions = createTenantSessions(urls.url, {
    most: shares.reads,
    statementTimeout: around.statementTimeout,
  })
  opened.defer(sessions.close)
  const queryCompiler =
    around.queryCompiler === false
      ? undefined
      : service.queryCompiler?.({
          service,
          schema,
          orm: database.orm,
          sessions,
          unmapped: (reason) => log.debug({ reason }, 'resolvers answer'),
        })
  const { check: accountCheck } = around.peers
  // Told in the log; what does not need to ask other services works all the same.
  accountCheck?.().catch(() => {})
  const subgraph = createSubgraph({
    name: service.name,
    schema,
    verifier: around.verifier,
    publicFields: new Set(service.publicFields),
    newTrail,
    context: contextOf,
    writeTrail,
    queryCompiler,
    translations,
    now,
    log,
  })
  const workers = [relay, ...consumptions, ...jobs]
  opened.defer(async () => {
    await Promise.all([slowTurns.close(), ...workers.map((worker) => worker.stop())])
  })
  if (background) for (const worker of workers) worker.start()
  const open = opened.move()
  let closing: Promise<void> | undefined

  return {
    name: service.name,
    subgraph,
    routes: bindRoutes(service.routes ?? [], { newTrail, context: contextOf, writeTrail }),
    database,
    nats,
    checks: {
      database: database.check,
      nats: () => checkNats(nats),
      schema: () => checkSchema(database.system, service.migrations),
      keys: keyring.check,
      ...(accountCheck && { account: accountCheck }),
    },
    keyring,
    context: (actor) => contextOf(actor),
    inbox,
    relay,
    consumptions,
    jobs,
    stop: () => {
      closing ??= open.disposeAsync()
      return closing
    },
  }
}

/** Where a URL leads, without what it says of who comes. */
const hostOf = (url: string) => URL.parse(url)?.host ?? 'the address of the settings'
