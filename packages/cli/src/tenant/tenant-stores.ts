import { type FileStore, openFileStore } from '@clientele/files'
import { type Environment, environment, environmentOf, type Service } from '@clientele/kit'
import pg from 'pg'
import { UsageError } from '../command.js'
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
  const isNamed = areNamed(env)
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

/** Whether databases are those of the environment, and not of the running platform: then nothing else is taken from that. */
export const areNamed = (env: Environment = environment()): boolean =>
  services.some(({ name }) => env[`${name.toUpperCase()}_DATABASE_OWNER_URL`]?.trim())

const filesOf = (service: Service, o: { embedded: boolean; home: string }, env: Environment) => {
  const own = environmentOf(service, env)
  if (!o.embedded && !own.FILES_S3_BUCKET?.trim() && !own.FILES_FOLDER?.trim()) {
    throw new UsageError(`${service.name} has files: say where they are, FILES_S3_BUCKET or FILES_FOLDER.`)
  }
  return openFileStore(service.name, serviceSettings(service, o, own))
}

/** Tables of tenants that show their owner nothing, since a migration is missing or somebody else asks. */
const blind = `
  select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
    and not (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)
    and not exists (
      select from pg_policy where polrelid = c.oid and polname = 'owner'
        and (select oid from pg_roles where rolname = current_user) = any(polroles))
  order by 1`

/** What shows nothing must not be taken for empty. */
const refuseBlindness = async (client: pg.Client, service: string) => {
  const { rows } = await client.query<{ name: string }>(blind)
  if (!rows.length) return
  throw new UsageError(
    `${service}: the owner does not see ${rows.length} tables (${rows[0]!.name}, …). Come as the owner of the database, and bring its schema up to date before (clientele migrate).`,
  )
}

/** Works as the owner of a database, in this tenant. The owner sees more where functions of theirs must, so each statement names the tenant as well. */
export const inTenant = async <T>(
  { service, ownerUrl }: Pick<TenantStore, 'service' | 'ownerUrl'>,
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
    await refuseBlindness(client, service)
    await client.query(`select set_config('app.tenant', $1, false)`, [tenant])
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
