import pg from 'pg'
import type { ServiceStore } from '../service-stores.js'

/** One key of a tenant, without its material. */
export interface ListedKey {
  service: string
  tenant: string
  generation: number
  masterKeyId: string
  createdAt: Date
  activeFrom: Date
  retiredAt: Date | null
}

/** What a tenant keeps for good under the master key, such as the key of its audit chain; without its material. */
export interface ListedSecret {
  service: string
  tenant: string
  purpose: string
  masterKeyId: string
  createdAt: Date
}

/** The keys of all tenants, or of one. */
export const listKeys = ({ service, database }: ServiceStore, tenant?: string): Promise<ListedKey[]> =>
  withPool(database.systemUrl, async (pool) => {
    const { rows } = await pool.query<Omit<ListedKey, 'service'>>(
      `select tenant, generation, master_key_id as "masterKeyId", created_at as "createdAt",
         active_from as "activeFrom", retired_at as "retiredAt"
       from tenant_key where $1::text is null or tenant = $1 order by tenant, generation`,
      [tenant ?? null],
    )
    return rows.map((row) => ({ service, ...row }))
  })

/** The secrets of all tenants, or of one. */
export const listSecrets = ({ service, database }: ServiceStore, tenant?: string): Promise<ListedSecret[]> =>
  withPool(database.systemUrl, async (pool) => {
    const { rows } = await pool.query<Omit<ListedSecret, 'service'>>(
      `select tenant, purpose, master_key_id as "masterKeyId", created_at as "createdAt"
       from tenant_secret where $1::text is null or tenant = $1 order by tenant, purpose`,
      [tenant ?? null],
    )
    return rows.map((row) => ({ service, ...row }))
  })

/** Works on a database with up to two connections: one that reads a snapshot, one beside it. */
export const withPool = async <T>(connectionString: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> => {
  const pool = new pg.Pool({ connectionString, max: 2 })
  pool.on('error', () => {})
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}
