import { type FileStore, openFileStore } from '@clientele/files'
import { type Environment, environment, environmentOf, type Service } from '@clientele/kit'
import pg from 'pg'
import { type CliConfig, serviceSettings } from '../config.js'
import { databaseOf } from '../deadletters/tool-services.js'
import { findPlatform } from '../home.js'
import { migrationTargets } from '../migrate/migration-targets.js'
import { services } from '../services.js'

/** Where a service keeps what tenants have: its database, as the owner of it, and its store of files, where it has one. */
export interface TenantStore {
  service: string
  ownerUrl: string
  files(): Promise<FileStore>
}

/**
 * Those of all services: of PROFILES_DATABASE_OWNER_URL and its like with the settings of FILES_…, else of the running platform.
 * @throws ConfigError for settings that are missing or wrong
 */
export const tenantStores = async (config: CliConfig, env: Environment = environment()): Promise<TenantStore[]> => {
  const isNamed = services.some(({ name }) => env[`${name.toUpperCase()}_DATABASE_OWNER_URL`]?.trim())
  const platform = isNamed ? undefined : await findPlatform(config.CLIENTELE_HOME)
  const urls = platform
    ? services.map(({ name }) => databaseOf(platform, name).ownerUrl)
    : migrationTargets(services, env).map(({ ownerUrl }) => ownerUrl)
  return services.map((service, at) => ({
    service: service.name,
    ownerUrl: urls[at]!,
    files: () => filesOf(service, { embedded: !isNamed, home: config.CLIENTELE_HOME }, env),
  }))
}

const filesOf = (service: Service, o: { embedded: boolean; home: string }, env: Environment) =>
  openFileStore(service.name, serviceSettings(service, o, environmentOf(service, env)))

/** Works as the owner of a database, in this tenant. The owner sees more where functions of theirs must, so each statement names the tenant as well. */
export const inTenant = async <T>(
  { ownerUrl }: Pick<TenantStore, 'ownerUrl'>,
  tenant: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const client = new pg.Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'clientele tenant',
  })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(`select set_config('app.tenant', $1, false)`, [tenant])
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
