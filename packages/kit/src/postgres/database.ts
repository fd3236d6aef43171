import { type AnyEntity, type EntityClass, type EntityManager, MikroORM } from '@mikro-orm/postgresql'
import pg from 'pg'
import type { Actor } from '../auth/verify-token.js'
import type { Log } from '../config/log.js'
import { Unavailable } from '../errors/errors.js'
import { unknownEntity } from '../errors/unknown-entity.js'
import { hasTenantScope, type Policy, type Rule, ruleOf } from '../policy/policy.js'
import { withinWhere } from '../policy/within.js'
import { refuseMalformedRows } from './malformed-rows.js'
import { session } from './record.js'
import type { ServiceUrls } from './schema/provision.js'
import type { ConnectionShares } from './sessions/connection-budget.js'
import { keptAlive } from './sessions/kept-alive.js'
import { releaseLostSessions } from './sessions/lost-sessions.js'
import { BindingDriver } from './statements/binding-driver.js'
import type { StatementWatch } from './statements/watch-statement.js'
import { watchedClient } from './statements/watched-client.js'
import type { TimeLimit } from './time-limit.js'

/** A service's open database: the ORM under row-level security, and the system role's pool for relay and jobs. */
export interface Database {
  orm: MikroORM
  system: pg.Pool
  /**
   * An entity manager whose every transaction belongs to the actor's tenant, and which finds what is in the actor's access scope; with a
   * firm limit, no statement takes longer, and none is sent once it is reached.
   */
  fork(actor: Actor, now: Date, limit?: TimeLimit): EntityManager
  /** The rule by which an entity is read. */
  readRule(entity: unknown): Rule | undefined
  /** The state of the pool of transactions. */
  transactions(): PoolState
  check(): Promise<void>
  close(): Promise<void>
}

/** How many connections a pool has open, how many of them do nothing, and how many requests wait for one. */
export interface PoolState {
  open: number
  idle: number
  waiting: number
}

export const stateOf = (pool: pg.Pool | undefined): PoolState => ({
  open: pool?.totalCount ?? 0,
  idle: pool?.idleCount ?? 0,
  waiting: pool?.waitingCount ?? 0,
})

/** Has an entity manager find only what is in the actor's access scope; for whom reaches the whole tenant it costs nothing. */
const limitTo = (em: EntityManager, entity: EntityClass<AnyEntity>, actor: Actor, read: Rule) => {
  if (hasTenantScope(actor, read)) return
  em.addFilter({ name: `access scope of ${entity.name}`, entity, cond: () => withinWhere(actor, read) as never })
}

/**
 * Whoever asks waits for a connection as long as there is time left to answer: the gateway gives up after ten seconds. One that rests is kept for a
 * minute, since a new one takes seconds where the processor is busy.
 */
const connection = { connectionTimeoutMillis: 8_000, ...keptAlive }
const idleTimeoutMillis = 60_000

export const openDatabase = async (
  urls: ServiceUrls,
  entities: readonly EntityClass<AnyEntity>[],
  policies: readonly Policy[],
  log: Log,
  options: {
    shares: ConnectionShares
    statementTimeout?: number
    onStatement?: (sql: string) => void
    observe?: StatementWatch['observe']
  },
): Promise<Database> => {
  let transactions: pg.Pool | undefined
  const orm = await MikroORM.init({
    driver: BindingDriver,
    clientUrl: urls.url,
    entities: [...entities],
    discovery: { warnWhenNoEntities: false },
    sessionContext: 'transaction',
    subscribers: [refuseMalformedRows],
    pool: { min: 0, max: options.shares.transactions, idleTimeoutMillis },
    driverOptions: {
      ...connection,
      // Resolvers of one query read side by side in its one transaction.
      pipeline: true,
      statement_timeout: options.statementTimeout ?? 30_000,
      idle_in_transaction_session_timeout: 60_000,
      onPoolCreated: (created: pg.Pool) => {
        transactions = created
        releaseLostSessions(created)
      },
    },
    findOneOrFailHandler: (entity) => unknownEntity(entity),
    logger: (message) => log.debug(message),
    loadStrategy: 'select-in',
    onQuery: (sql) => {
      options.onStatement?.(sql)
      return sql
    },
  })
  orm.driver.observe(options.observe)
  const system = new pg.Pool({
    connectionString: urls.systemUrl,
    max: options.shares.system,
    ...connection,
    idleTimeoutMillis,
    Client: watchedClient({ pool: 'system', observe: options.observe }),
  })
  // A session that is lost must not end the process, neither an idle one nor one that somebody holds.
  const lost = (err: Error) => log.warn({ err }, 'a database connection was lost')
  system.on('error', lost).on('connect', (client) => client.on('error', lost))
  let closed = false
  const readRules = new Map<unknown, Rule>()
  for (const entity of entities) {
    const policy = policies.find(({ concept }) => concept === entity.name)
    if (policy) readRules.set(entity, ruleOf(policy, 'read'))
  }
  return {
    orm,
    system,
    readRule: (entity) => readRules.get(entity),
    fork: (actor, now, limit) => {
      // The ORM would connect again by itself.
      if (closed) throw new Unavailable('The service is stopping.', { reason: 'stopping' })
      const variables = {
        [session.tenant]: actor.tenant,
        [session.actor]: actor.subject,
        [session.now]: now.toISOString(),
        ...(limit?.signal && { statement_timeout: limit.ms }),
      }
      const em = orm.em.fork({ session: { variables }, ...(limit?.signal && { signal: limit.signal }) })
      for (const [entity, read] of readRules) limitTo(em, entity as EntityClass<AnyEntity>, actor, read)
      return em
    },
    transactions: () => stateOf(transactions),
    check: async () => void (await orm.em.getConnection().execute('select 1')),
    close: async () => {
      closed = true
      await orm.close(true)
      await system.end()
    },
  }
}
