import type { DatabaseUrls } from '@clientele/kit'
import pg from 'pg'
import { UsageError } from '../command.js'
import type { CliConfig } from '../config.js'
import { databaseOf } from '../deadletters/tool-services.js'
import { findPlatform } from '../home.js'
import { services } from '../services.js'

/** Where one service keeps its keys. */
export interface KeyStore {
  service: string
  database: Pick<DatabaseUrls, 'url' | 'systemUrl'>
}

/** The stores of the running platform, or of the one service whose own environment this is: DATABASE_URL with DATABASE_SYSTEM_URL. */
export const findKeyStores = async (config: CliConfig, only?: string): Promise<KeyStore[]> => {
  const { DATABASE_URL: url, DATABASE_SYSTEM_URL: systemUrl } = config
  if (url && systemUrl) {
    if (!only) throw new UsageError('Say whose DATABASE_URL it is: --service S')
    return [{ service: only, database: { url, systemUrl } }]
  }
  const platform = await findPlatform(config.CLIENTELE_HOME)
  return services
    .filter(({ name }) => only === undefined || name === only)
    .map(({ name }) => ({ service: name, database: databaseOf(platform, name) }))
}

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

/** The keys of all tenants, or of one. */
export const listKeys = async ({ service, database }: KeyStore, tenant?: string): Promise<ListedKey[]> =>
  withPool(database.systemUrl, async (pool) => {
    const { rows } = await pool.query<Omit<ListedKey, 'service'>>(
      `select tenant, generation, master_key_id as "masterKeyId", created_at as "createdAt",
         active_from as "activeFrom", retired_at as "retiredAt"
       from tenant_key where $1::text is null or tenant = $1 order by tenant, generation`,
      [tenant ?? null],
    )
    return rows.map((row) => ({ service, ...row }))
  })

export const withPool = async <T>(connectionString: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> => {
  const pool = new pg.Pool({ connectionString, max: 1 })
  pool.on('error', () => {})
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}
