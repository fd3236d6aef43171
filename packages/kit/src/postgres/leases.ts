import { randomUUID } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import pg from 'pg'
import type { Log } from '../config/log.js'
import { Unavailable } from '../errors/errors.js'
import { keptAlive } from './sessions/kept-alive.js'

/** Fails a transaction, as UNAVAILABLE, that works under a lease which somebody else has taken over; otherwise nobody takes it before the commit. */
export type Fence = (em: EntityManager) => Promise<void>

/**
 * What only one process of a service does at a time, by name. A lease is a row that its holder renews; when the holder dies, hangs or cannot
 * reach the database, it expires, and another process takes it. No lease hangs on a database session, so a pooler does no harm.
 */
export interface Leases {
  /** Whether this process has the name now; where it is free, it takes it. Rejects while there is no database. */
  hold(name: string): Promise<boolean>
  /** Of several names those that this process has, each with the number that rises whenever it changes hands. */
  holdAll(names: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** For the transactions of work that was begun under the name; undefined where this process never had it. */
  fence(name: string): Fence | undefined
  /** Gives names back before they expire. */
  release(names: readonly string[]): Promise<void>
  close(): Promise<void>
}

interface Options {
  log: Log
  /** After how many milliseconds without a renewal a lease is free; 15 000 unless given. */
  expiryMs?: number | undefined
}

interface Row {
  name: string
  fence: string
}

const owned = `select name, fence from lease where name = any($1) and holder = $2 and expires_at > clock_timestamp()`

/** Passes by what transactions of its last holder still stand on. */
const take = `
  with free as (select name from lease where name = any($1) and expires_at <= clock_timestamp() for update skip locked),
  taken as (
    update lease set holder = $2, fence = lease.fence + 1, expires_at = clock_timestamp() + $3 * interval '1 ms'
    from free where lease.name = free.name returning lease.name, lease.fence),
  made as (
    insert into lease (name, holder, fence, expires_at)
    select name, $2, 1, clock_timestamp() + $3 * interval '1 ms' from unnest($1::text[]) as name
    on conflict do nothing returning name, fence)
  select name, fence from taken union all select name, fence from made`

/** What has expired, and was not taken yet, is still its holder's. */
const renew = `update lease set expires_at = clock_timestamp() + $2 * interval '1 ms' where holder = $1`

const giveBack = `update lease set expires_at = '-infinity' where holder = $1 and ($2::text[] is null or name = any($2))`

export const createLeases = (systemUrl: string, { log, expiryMs = 15_000 }: Options): Leases => {
  const holder = randomUUID()
  const fences = new Map<string, number>()
  const pool = new pg.Pool({
    connectionString: systemUrl,
    max: 1,
    connectionTimeoutMillis: Math.min(5_000, expiryMs / 2),
    // A connection that silently leads nowhere must not outlast the lease.
    query_timeout: Math.ceil(expiryMs / 2),
    ...keptAlive,
  })
  pool.on('error', () => {})
  let renewing: NodeJS.Timeout | undefined
  let renewal: Promise<unknown> | undefined

  const keepRenewing = () => {
    renewal ??= pool
      .query(renew, [holder, expiryMs])
      .catch((err: unknown) => log.warn({ err }, 'leases could not be renewed'))
      .finally(() => {
        renewal = undefined
      })
  }

  const holdAll = async (names: readonly string[]) => {
    const held = new Map<string, number>()
    const note = ({ rows }: { rows: Row[] }) => {
      for (const { name, fence } of rows) held.set(name, Number(fence))
    }
    note(await pool.query<Row>(owned, [names, holder]))
    const others = names.filter((name) => !held.has(name))
    if (others.length) {
      note(await pool.query<Row>(take, [others, holder, expiryMs]))
      renewing ??= setInterval(keepRenewing, expiryMs / 3).unref()
    }
    for (const [name, fence] of held) fences.set(name, fence)
    return held
  }

  return {
    holdAll,
    hold: async (name) => (await holdAll([name])).has(name),
    fence: (name) => {
      const fence = fences.get(name)
      return fence === undefined ? undefined : (em) => standOn(em, name, fence)
    },
    release: async (names) => {
      await pool.query(giveBack, [holder, names])
    },
    close: async () => {
      clearInterval(renewing)
      await renewal
      if (fences.size) await pool.query(giveBack, [holder, null]).catch(() => {})
      await pool.end()
    },
  }
}

const standOn = async (em: EntityManager, name: string, fence: number) => {
  const [row] = await em.execute<{ stands: boolean }[]>('select stands_on_fence(?, ?) as stands', [name, fence])
  if (row?.stands) return
  throw new Unavailable('Another process does this now.', { reason: 'lease.lost' })
}
