import type pg from 'pg'
import { Unavailable } from '../errors/errors.js'
import { deriveKey, keyLength, newKey } from './cipher.js'
import type { MasterKeys, Wrapped } from './master-keys.js'
import { tenantKeyContext } from './wrapping-context.js'

/** One generation of a tenant's key, unwrapped; what is used are keys derived from it. */
export interface TenantKey {
  generation: number
  /** Wraps data keys. */
  wrapping: Buffer
  /** The key that a field's blind index is made with. */
  indexing(field: string): Promise<Buffer>
}

/** A tenant's keys at one moment. */
export interface TenantKeySet {
  /** Wraps and indexes what is written now. */
  current: TenantKey
  /** Every key that anything may be stored under, the newest first. */
  live: readonly TenantKey[]
}

/** For how long a process trusts what it knows of a tenant's keys, in milliseconds. A new key becomes active after twice that. */
export const keysFreshMs = 30_000

const mostTenants = 1_000

interface Row extends Wrapped {
  generation: number
  live: boolean
  activeInMs: number
}

interface Known {
  keys: readonly { key: TenantKey; live: boolean; activeAt: number }[]
  until: number
}

export interface TenantKeys {
  /** The tenant's keys, or undefined where nothing was ever sealed for it. */
  find(tenant: string): Promise<TenantKeySet | undefined>
  /** The tenant's keys; the first one is made where there is none. */
  ensure(tenant: string): Promise<TenantKeySet>
  /** Like `find`, and looks again where a generation is not known yet. Throws Unavailable where it does not exist. */
  generation(tenant: string, generation: number): Promise<TenantKey>
}

interface Options {
  service: string
  /** The system role's: requests never see these tables. */
  system: Pick<pg.Pool, 'query'>
  masterKeys: MasterKeys
  freshMs?: number
}

/** The keys of tenants, kept unwrapped in this process for a short time. */
export const createTenantKeys = ({ service, system, masterKeys, freshMs = keysFreshMs }: Options): TenantKeys => {
  const known = new Map<string, Promise<Known>>()

  const load = async (tenant: string): Promise<Known> => {
    const asked = performance.now()
    const { rows } = await system.query<Row>(select, [tenant])
    const keys = await Promise.all(
      rows.map(async (row) => ({
        key: await tenantKeyOf(
          service,
          tenant,
          row.generation,
          await masterKeys.unwrap(row, tenantKeyContext(service, tenant, row.generation)),
        ),
        live: row.live,
        activeAt: asked + row.activeInMs,
      })),
    )
    return { keys, until: asked + freshMs }
  }

  const reload = (tenant: string) => {
    const loading = load(tenant)
    known.delete(tenant)
    known.set(tenant, loading)
    for (const oldest of known.keys()) {
      if (known.size <= mostTenants) break
      known.delete(oldest)
    }
    loading.catch(() => known.get(tenant) === loading && known.delete(tenant))
    return loading
  }

  const fresh = async (tenant: string): Promise<Known> => {
    const asked = known.get(tenant)
    const found = await asked
    if (found?.keys.length && performance.now() < found.until) return found
    // Of many who find it stale at once, one loads.
    return known.get(tenant) === asked ? reload(tenant) : fresh(tenant)
  }

  const setOf = ({ keys }: Known): TenantKeySet | undefined => {
    const live = keys.filter((one) => one.live)
    const active = live.find(({ activeAt }) => activeAt <= performance.now()) ?? live.at(-1)
    return active && { current: active.key, live: live.map(({ key }) => key) }
  }

  const find = async (tenant: string) => setOf(await fresh(tenant))

  return {
    find,
    ensure: async (tenant) => {
      const found = await find(tenant)
      if (found) return found
      await addTenantKey(system, masterKeys, { service, tenant, generation: 1, activeInMs: 0 })
      return setOf(await reload(tenant)) as TenantKeySet
    },
    generation: async (tenant, generation) => {
      for (const look of [fresh, reload]) {
        const found = (await look(tenant)).keys.find(({ key }) => key.generation === generation)
        if (found) return found.key
      }
      throw new Unavailable(`The key ${generation} of this tenant is missing.`, { reason: 'keys.tenant' })
    },
  }
}

// The database's clock alone says when a key becomes active. Nothing is stored under a retired key, but who has just read what was may open it.
const select = `
  select generation, live, wrapped, master_key_id as "masterKeyId",
    extract(epoch from active_from - clock_timestamp())::float8 * 1000 as "activeInMs"
  from tenant_key where tenant = $1 and (live or retired_at > now() - interval '1 hour') order by generation desc`

/** Stores a new key of a tenant, unless there is one of this generation already; tells whether it did. */
export const addTenantKey = async (
  system: Pick<pg.Pool, 'query'>,
  masterKeys: MasterKeys,
  {
    service,
    tenant,
    generation,
    activeInMs,
  }: { service: string; tenant: string; generation: number; activeInMs: number },
): Promise<boolean> => {
  const { wrapped, masterKeyId } = await masterKeys.wrap(newKey(), tenantKeyContext(service, tenant, generation))
  const { rowCount } = await system.query(
    `insert into tenant_key (tenant, generation, wrapped, master_key_id, active_from)
     values ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5::float8 / 1000)) on conflict do nothing`,
    [tenant, generation, wrapped, masterKeyId, activeInMs],
  )
  return rowCount === 1
}

/** The keys that follow from one unwrapped tenant key. */
export const tenantKeyOf = async (
  service: string,
  tenant: string,
  generation: number,
  key: Buffer,
): Promise<TenantKey> => {
  if (key.length !== keyLength) throw new Error(`a tenant key has ${keyLength} bytes`)
  const indexKeys = new Map<string, Promise<Buffer>>()
  return {
    generation,
    wrapping: await deriveKey(key, ['data keys', service, tenant]),
    indexing: (field) => {
      const made = indexKeys.get(field) ?? deriveKey(key, ['blind index', service, tenant, field])
      indexKeys.set(field, made)
      return made
    },
  }
}
