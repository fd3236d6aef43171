import { connect, type NatsConnection } from '@nats-io/transport-node'
import { v7 as uuidv7 } from 'uuid'
import { type AskOptions, createAsk } from './ask.js'
import type { Actor, Verifier } from './auth.js'
import { type Consumption, createConsumption } from './consumption.js'
import type { Context } from './context.js'
import { type Database, openDatabase } from './database.js'
import { createSubgraph, type RequestOrigin } from './executor.js'
import { housekeeping } from './housekeeping.js'
import type { Inbox } from './inbox.js'
import { createJob, type RunningJob } from './job.js'
import { createLoaders } from './loaders.js'
import type { Log } from './log.js'
import { checkSchema, migrate } from './migrate.js'
import type { DatabaseUrls } from './provision.js'
import { createRelay, type Relay } from './relay.js'
import { buildSubgraph } from './schema.js'
import type { Service } from './service.js'
import { wakeSubject } from './stream.js'
import { runTransaction, type TransactionScope } from './transaction.js'
import type { Subgraph } from './transport.js'

/** What a service needs of the world around it. */
export interface Surroundings {
  database: DatabaseUrls
  natsUrl: string
  verifier: Verifier
  /** How it reaches the other services. */
  peers: AskOptions
  settings?: Readonly<Record<string, unknown>>
  log: Log
  now?: () => Date
  /** Pauses of a consumer between the tries of an event, in milliseconds. */
  backoff?: readonly number[]
  /** Whether relay, consumers and jobs run by themselves; tests and tools step them by hand. */
  background?: boolean
  /** Whether to bring the schema up to date first; otherwise readiness waits for whoever does. */
  migrate?: boolean
  connections?: number
  /** Called with the text of every SQL statement that the ORM sends. */
  onStatement?: (sql: string) => void
}

/** A service that is up. */
export interface RunningService {
  name: string
  subgraph: Subgraph
  database: Database
  nats: NatsConnection
  /** Readiness checks by name; each resolves or throws why not. */
  checks: Record<string, () => Promise<void>>
  context(actor: Actor): Context
  inbox: Inbox
  relay: Relay
  consumptions: readonly Consumption[]
  jobs: readonly RunningJob[]
  /** Lets the background work finish what it has begun, then closes. Stop the transports in front first. */
  stop(): Promise<void>
}

const defaultBackoff = [1_000, 5_000, 30_000, 120_000, 600_000]

/** Starts one service in this process. What it has opened is closed again when it cannot start. */
export const run = async (service: Service, around: Surroundings): Promise<RunningService> => {
  const { log, now = () => new Date(), settings = {}, background = true } = around
  const { schema } = buildSubgraph(service)
  if (around.migrate !== false) await migrate(around.database.ownerUrl, service.migrations, log)
  const nats = await connect({
    servers: around.natsUrl,
    name: service.name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
  })
  const database = await openDatabase(around.database, service.entities, log, around).catch(async (error) => {
    await nats.close()
    throw error
  })

  const scopeOf = (actor: Actor, origin: RequestOrigin): TransactionScope => ({
    actor,
    log,
    now,
    settings,
    fork: () => database.fork(actor, now()),
    ask: createAsk(around.peers, actor.tenant, origin.requestId),
    origin: { ...origin, correlationId: origin.requestId },
    wake: () => {
      if (!nats.isClosed()) nats.publish(wakeSubject(service.name))
    },
  })
  const contextOf = (actor: Actor, origin: RequestOrigin): Context => {
    const scope = scopeOf(actor, origin)
    const em = scope.fork()
    return {
      em,
      actor,
      log,
      now,
      settings,
      ask: scope.ask,
      loaders: createLoaders(em),
      transaction: (work, idempotency) => runTransaction(scope, work, idempotency),
      as: (other) => contextOf(other, origin),
    }
  }
  const self = (tenant: string): Actor => ({
    subject: `service:${service.name}`,
    roles: ['service_account'],
    tenant,
    territories: [],
    kind: 'service',
  })

  const inbox: Inbox = {
    scope: (tenant, requestId) => scopeOf(self(tenant), { requestId }),
    system: database.system,
    log,
  }
  const relay = createRelay({ service: service.name, systemUrl: around.database.systemUrl, nats, log })
  const consumptions = (service.consumers ?? []).map((consumer) =>
    createConsumption({ consumer, nats, inbox, backoff: around.backoff ?? defaultBackoff }),
  )
  const forTenant = (tenant: string) => contextOf(self(tenant), { requestId: uuidv7() })
  const jobs = [...(service.jobs ?? []), housekeeping(service.name)].map((job) =>
    createJob(job, { system: database.system, log, now, settings, forTenant }),
  )
  const workers = [relay, ...consumptions, ...jobs]
  if (background) for (const worker of workers) worker.start()

  return {
    name: service.name,
    subgraph: createSubgraph({
      name: service.name,
      schema,
      verifier: around.verifier,
      publicFields: new Set(service.publicFields),
      context: contextOf,
      log,
    }),
    database,
    nats,
    checks: {
      database: database.check,
      nats: () => nats.flush(),
      schema: () => checkSchema(database.system, service.migrations),
    },
    context: (actor) => contextOf(actor, { requestId: uuidv7() }),
    inbox,
    relay,
    consumptions,
    jobs,
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()))
      await nats.drain().catch(() => {})
      await database.close()
    },
  }
}
