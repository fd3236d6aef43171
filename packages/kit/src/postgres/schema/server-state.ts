import pg from 'pg'

/**
 * Whether another client can come by the session of this one, which came from `url`. PostgreSQL tells each client its process when it connects; a pooler tells something
 * else. Then two clients look whether they meet: the one marks its session and lets go, the other looks for the mark in a transaction.
 */
export const sharesSessions = async (one: pg.Client, url: string) => {
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
}

const processOf = async (client: pg.Client) =>
  (await client.query('select pg_backend_pid() as pid')).rows[0].pid as number

/** How many connections a server has, how many it keeps for its administrators, and how many others use. */
export interface ServerRoom {
  most: number
  kept: number
  used: number
  free: number
}

/** What room a server has; the connections of this program, which have a name of their own or are this one alone, are not counted. */
export const roomOn = async (client: pg.Client, application?: string): Promise<ServerRoom> => {
  const { rows } = await client.query<Omit<ServerRoom, 'free'>>(
    `select current_setting('max_connections')::int as most,
       current_setting('superuser_reserved_connections')::int
         + coalesce(current_setting('reserved_connections', true)::int, 0) as kept,
       (select sum(numbackends)::int from pg_stat_database)
         - greatest(1, (select count(*)::int from pg_stat_activity where application_name = $1)) as used`,
    [application ?? null],
  )
  const { most, kept, used } = rows[0]!
  return { most, kept, used, free: Math.max(most - kept - used, 0) }
}

/** What is said where a server has not the room for what is needed. */
export const roomSentence = ({ most, kept, used, free }: ServerRoom, needed: number) =>
  `The server has room for ${free} more connections (max_connections ${most}, ${kept} reserved, ${used} in use), and ${needed} are needed. Lower DATABASE_CONNECTIONS, which counts per service and replica, or raise max_connections.`

/** Values are bound, so that no failed statement is logged with one; these settings, where there are any, log them all the same. */
export const settingsThatLogValues = async (client: pg.Client) => {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where
       (name = 'log_parameter_max_length_on_error' and setting <> '0')
       or (name = 'log_parameter_max_length' and setting <> '0' and (
         current_setting('log_statement') in ('mod', 'all')
         or current_setting('log_min_duration_statement') <> '-1'
         or current_setting('log_min_duration_sample') <> '-1'))`,
  )
  return rows
}

/** A connection of its own, which is waited for for 5 seconds at most; `application` is what the server calls it. */
export const connectClient = async (connectionString: string, application?: string): Promise<pg.Client> => {
  const name = application && { application_name: application }
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, query_timeout: 10_000, ...name })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}

/** Works with a connection of its own. */
export const withClient = async <T>(
  connectionString: string,
  work: (client: pg.Client) => Promise<T>,
  application?: string,
) => {
  const client = await connectClient(connectionString, application)
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
