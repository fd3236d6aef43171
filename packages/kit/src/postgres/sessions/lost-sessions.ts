import type pg from 'pg'

/**
 * Gives a pool the place of a session back that was lost while it was held. Whoever holds one may never get to release it: the ORM
 * does not when its rollback fails, and a pool whose every place is taken by a lost session serves nobody any more.
 */
export const releaseLostSessions = (pool: pg.Pool) => {
  const held = new Set<pg.PoolClient>()
  pool.on('acquire', (client) => held.add(client))
  pool.on('release', (_, client) => held.delete(client))
  pool.on('connect', (client) =>
    client.on('end', () => {
      if (!held.has(client)) return
      client.release(true)
      client.release = () => {}
    }),
  )
}
