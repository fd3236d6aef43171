import pg from 'pg'

/**
 * A database session of its own, for what holds advisory locks. A lost session never ends the process: its queries fail,
 * `onLost` is called, and with the session its locks are gone.
 */
export const connectDedicated = async (
  connectionString: string,
  onLost: (lost: pg.Client) => void,
): Promise<pg.Client> => {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
    keepAlive: true,
  })
  client.on('error', () => onLost(client))
  client.on('end', () => onLost(client))
  try {
    await client.connect()
    client.on('end', () => onLost(client))
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}
