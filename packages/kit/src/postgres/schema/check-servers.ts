import pg from 'pg'
import type { Log } from '../../config/log.js'
import { Invalid } from '../../errors/errors.js'
import { connectionBudget } from '../sessions/connection-budget.js'
import type { ServiceUrls } from './provision.js'

/** Where a service finds its database, and how many connections it opens. */
export interface ServerNeeds {
  database: ServiceUrls
  connections?: number | undefined
}

/**
 * Refuses to start services on a server that cannot carry them all: too few connections left, or a pooler in between that gives no session of its own. Warns
 * where the server writes the values of statements into its log. Throws INVALID `database.connections` or `database.pooler`, with words.
 */
export const checkServers = async (services: readonly ServerNeeds[], log: Log) => {
  for (const [setting, url] of services.flatMap(({ database }) => named(database))) {
    if (await isShared(url)) throw pooled(setting)
  }
  for (const together of Map.groupBy(services, ({ database }) => new URL(database.systemUrl).host).values()) {
    const needed = together.reduce((sum, { connections = connectionBudget.usual }) => sum + connections, 0)
    await withClient(together[0]!.database.systemUrl, async (client) => {
      await checkRoom(client, needed)
      await warnOfLoggedValues(client, log)
    })
  }
}

/** The check of all services of a process, made once: each of them has opened its own connections when the next one starts. */
export const sharedServerCheck = (services: readonly ServerNeeds[], log: Log) => {
  let checked: Promise<void> | undefined
  return () => {
    checked ??= checkServers(services, log).catch((error: unknown) => {
      checked = undefined
      throw error
    })
    return checked
  }
}

const named = ({ url, ownerUrl, systemUrl }: ServiceUrls): (readonly [setting: string, url: string])[] => [
  ['DATABASE_URL', url],
  ...(ownerUrl === undefined ? [] : [['DATABASE_OWNER_URL', ownerUrl] as const]),
  ['DATABASE_SYSTEM_URL', systemUrl],
]

const pooled = (setting: string) =>
  new Invalid(
    `${setting} leads through a pooler that shares sessions between clients (pool_mode transaction or statement). Name PostgreSQL itself, or a pooler with pool_mode session; DATABASE_CONNECTIONS bounds what is opened.`,
    { reason: 'database.pooler' },
  )

/**
 * Whether another client can come by this one's session. PostgreSQL tells each client its process when it connects; a pooler tells something
 * else. Then two clients look whether they meet: the one marks its session and lets go, the other looks for the mark in a transaction.
 */
const isShared = (url: string) =>
  withClient(url, async (one) => {
    if ((await processOf(one)) === (one as unknown as { processID: number }).processID) return false
    return withClient(url, async (two) => {
      for (let round = 0; round < 8; round++) {
        const mark = `${process.pid}.${round}`
        await one.query(`select set_config('clientele.mark', $1, false)`, [mark])
        const before = await processOf(one)
        await two.query('begin')
        const { rows } = await two.query(
          `select current_setting('clientele.mark', true) as mark, pg_backend_pid() as pid`,
        )
        const after = await processOf(one)
        await two.query('rollback')
        if (rows[0].mark === mark || rows[0].pid === before || before !== after) return true
      }
      return false
    })
  })

const processOf = async (client: pg.Client) =>
  (await client.query('select pg_backend_pid() as pid')).rows[0].pid as number

const checkRoom = async (client: pg.Client, needed: number) => {
  const { rows } = await client.query<{ most: number; kept: number; used: number }>(
    `select current_setting('max_connections')::int as most,
       current_setting('superuser_reserved_connections')::int
         + coalesce(current_setting('reserved_connections', true)::int, 0) as kept,
       (select sum(numbackends)::int from pg_stat_database) - 1 as used`,
  )
  const { most, kept, used } = rows[0]!
  const free = most - kept - used
  if (needed <= free) return
  throw new Invalid(
    `The server has room for ${Math.max(free, 0)} more connections (max_connections ${most}, ${kept} reserved, ${used} in use), and ${needed} are needed. Lower DATABASE_CONNECTIONS, which counts per service and replica, or raise max_connections.`,
    { reason: 'database.connections' },
  )
}

/** Values are bound, so that no failed statement is logged with one; these settings would log them all the same. */
const warnOfLoggedValues = async (client: pg.Client, log: Log) => {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where
       (name = 'log_parameter_max_length_on_error' and setting <> '0')
       or (name = 'log_parameter_max_length' and setting <> '0' and (
         current_setting('log_statement') in ('mod', 'all')
         or current_setting('log_min_duration_statement') <> '-1'
         or current_setting('log_min_duration_sample') <> '-1'))`,
  )
  for (const { name, setting } of rows) {
    log.warn(
      { setting: name, is: setting },
      'PostgreSQL logs the values of statements, personal data among them; set it to 0',
    )
  }
}

const withClient = async <T>(connectionString: string, work: (client: pg.Client) => Promise<T>) => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, query_timeout: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
