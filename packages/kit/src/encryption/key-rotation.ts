import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { createLog } from '../config/log.js'
import { Conflict, NotFound } from '../errors/errors.js'
import { createLeases, type Leases } from '../postgres/leases.js'
import type { DatabaseUrls } from '../postgres/schema/provision.js'
import { reindexValues, rewrapDataKeys } from './key-passes.js'
import type { MasterKeys } from './master-keys.js'
import { addTenantKey, createTenantKeys, keysFreshMs } from './tenant-keys.js'

/** How far a rotation is. */
export interface RotationProgress {
  generation: number
  step: 'MADE' | 'CONTINUED' | 'REWRAPPED' | 'REINDEXED' | 'WAITING' | 'RETIRED'
  done: number
}

export interface RotationOptions {
  service: string
  database: Pick<DatabaseUrls, 'url' | 'systemUrl'>
  masterKeys: MasterKeys
  /** For how long the services trust what they know of keys: what they were started with. */
  freshMs?: number
  batch?: number
  signal?: AbortSignal
  progress?(progress: RotationProgress): unknown
}

const foreignKeyViolation = '23503'
const lockTimeout = '55P03'

/**
 * Gives a tenant a new key, brings everything under it, and retires the older ones when nothing uses them; services go on reading and
 * writing meanwhile. A rotation that was cut short is continued by the next call. Returns the generation of the new key.
 * Throws NOT_FOUND where the tenant has no key, CONFLICT `keys.rotating` while another process rotates the same tenant.
 */
export const rotateTenantKey = async (tenant: string, o: RotationOptions): Promise<number> => {
  const { service, masterKeys, freshMs = keysFreshMs, progress = () => {} } = o
  const system = new pg.Pool({ connectionString: o.database.systemUrl, max: 2, options: '-c lock_timeout=5000' })
  const app = new pg.Pool({ connectionString: o.database.url, max: 1 })
  for (const pool of [system, app]) pool.on('error', () => {})
  const leases = createLeases(o.database.systemUrl, { log: createLog({ name: 'keys', level: 'warn' }) })
  try {
    await claim(leases, tenant)
    const generation = await newest(system, tenant, async (last) => {
      await addTenantKey(system, masterKeys, { service, tenant, generation: last + 1, activeInMs: 2 * freshMs })
    })
    progress({ generation: generation.number, step: generation.made ? 'MADE' : 'CONTINUED', done: 0 })
    await untilActive(system, tenant, o.signal)
    const tenantKeys = createTenantKeys({ service, system, masterKeys, freshMs })
    const scope = {
      service,
      tenant,
      tenantKeys,
      app,
      batch: o.batch ?? 500,
      generation: generation.number,
      ...(o.signal && { signal: o.signal }),
    }
    const tell = (step: RotationProgress['step']) => (done: number) =>
      progress({ generation: generation.number, step, done })
    for (;;) {
      await rewrapDataKeys(scope, tell('REWRAPPED'))
      await reindexValues(scope, tell('REINDEXED'))
      const retired = await retire(system, tenant, generation.number)
      if (retired !== undefined) {
        tell('RETIRED')(retired)
        return generation.number
      }
      // Somebody still works with what was stored under the old key.
      tell('WAITING')(0)
      await pause(200, undefined, o.signal && { signal: o.signal })
    }
  } finally {
    await leases.close()
    await Promise.all([app.end(), system.end()])
  }
}

/** One process rotates a tenant at a time. */
const claim = async (leases: Leases, tenant: string) => {
  if (await leases.hold(`keys of ${tenant}`)) return
  throw new Conflict(
    `The keys of ${tenant} are being rotated already; where that process was killed, try again in a quarter of a minute.`,
    { reason: 'keys.rotating' },
  )
}

/** The newest generation; `make` adds one, unless an earlier rotation has not come to its end. */
const newest = async (system: pg.Pool, tenant: string, make: (last: number) => Promise<void>) => {
  const live = async () => {
    const { rows } = await system.query<{ generation: number }>(
      'select generation from tenant_key where tenant = $1 and live order by generation desc',
      [tenant],
    )
    return rows.map(({ generation }) => generation)
  }
  const [last, ...older] = await live()
  if (last === undefined) throw new NotFound(`The tenant ${tenant} has no key.`, { reason: 'keys.none' })
  if (older.length) return { number: last, made: false }
  await make(last)
  return { number: last + 1, made: true }
}

/** Until then every process learns of the new key, and searches with it; none writes with it. */
const untilActive = async (system: pg.Pool, tenant: string, signal: AbortSignal | undefined) => {
  for (;;) {
    const { rows } = await system.query<{ ms: number }>(
      'select extract(epoch from max(active_from) - clock_timestamp())::float8 * 1000 as ms from tenant_key where tenant = $1 and live',
      [tenant],
    )
    const ms = rows[0]?.ms ?? 0
    if (ms <= 0) return
    await pause(Math.ceil(ms), undefined, signal && { signal })
  }
}

/** Retires the older generations, and tells how many; undefined while the database refuses, because something uses one. */
const retire = async (system: pg.Pool, tenant: string, generation: number) => {
  try {
    const { rowCount } = await system.query(
      'update tenant_key set live = false, retired_at = now() where tenant = $1 and generation < $2 and live',
      [tenant, generation],
    )
    return rowCount ?? 0
  } catch (error) {
    if ([foreignKeyViolation, lockTimeout].includes((error as { code?: string }).code ?? '')) return undefined
    throw error
  }
}
