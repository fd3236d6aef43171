import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Progress } from '@clientele/embedded'
import { createLog, type DatabaseUrls, databaseUrls, migrate, provisionDatabase, provisionRoles } from '@clientele/kit'
import type pg from 'pg'
import { onDatabase, withClient } from '../surroundings/postgres.js'
import { services } from '../surroundings/services.js'
import { copyDatabase, createCopy, kitMigrations, provisionReader } from './copy.js'

/** The moment that the seeded surroundings stands at; the services run with it as their clock. */
export const seedNow = new Date('2026-01-01T00:00:00Z')

export const tenantCount = 20

const sqlFolder = new URL('../../src/seed/', import.meta.url)

/** The seeded databases. */
export interface Seeded {
  customers: number
  /** Each service's own database, under row-level security. */
  databases: Record<string, DatabaseUrls>
  /** One database with the data of all services, a schema each; seen by a role that row-level security does not bind. */
  copyUrl: string
  /** Rows of the query's tables, all services together. */
  rows: number
}

export interface SeedOptions {
  customers: number
  /** Makes the databases anew though the same seed is there. */
  fresh: boolean
  progress: Progress
  /** The moment that the data stands at; `seedNow` unless given. */
  now?: Date
  /** Whether there is a copy in one database; so unless it is false. */
  copy?: boolean
}

/** Makes the five databases and the copy, unless they are there with the same seed. */
export const ensureSeeded = async (
  adminUrl: string,
  { customers, fresh, progress, now = seedNow, copy = true }: SeedOptions,
): Promise<Seeded> => {
  const names = services.map(({ name }) => name)
  const password = randomBytes(16).toString('hex')
  await provisionRoles(adminUrl, names, password)
  const databases = Object.fromEntries(names.map((name) => [name, databaseUrls(adminUrl, name, password)]))
  const copyUrl = await provisionReader(adminUrl, password)
  const seed = await fingerprint({ customers, now, copy })
  if (fresh || (await seedIn(adminUrl)) !== seed) {
    // What bears the mark first: a run that is killed here must not leave it.
    await dropDatabases(adminUrl, [marked, copyDatabase, ...names])
    const where = `${names.length} databases${copy ? ' and one copy of them all' : ''}`
    progress(`seeding ${customers.toLocaleString('en')} customers into ${where}`)
    const data = { customers, now }
    await Promise.all([copy && seedCopy(adminUrl, data, progress), seedServices(adminUrl, databases, data, progress)])
    await markSeeded(adminUrl, seed)
    await settle(adminUrl)
  }
  return { customers, databases, copyUrl, rows: copy ? await countRows(adminUrl) : 0 }
}

/** How much data, and where its clock stands. */
type Data = Required<Pick<SeedOptions, 'customers' | 'now'>>

/** The database whose comment says which seed is in all of them. */
const marked = 'profiles'

const seedServices = async (
  adminUrl: string,
  databases: Record<string, DatabaseUrls>,
  data: Data,
  progress: Progress,
) => {
  const log = createLog({ name: 'bench', level: 'warn' })
  for (const { name, migrations } of services) {
    await provisionDatabase(adminUrl, name)
    await migrate((databases[name] as DatabaseUrls).ownerUrl, migrations, log)
    await withClient(onDatabase(adminUrl, name), (client) => fill(client, [[name, 'public']], data))
    progress(`${name} is seeded`)
  }
}

const seedCopy = async (adminUrl: string, data: Data, progress: Progress) => {
  await createCopy(adminUrl)
  await withClient(onDatabase(adminUrl, copyDatabase), (client) =>
    fill(
      client,
      services.map(({ name }) => [name, name]),
      data,
    ),
  )
  progress('the copy is seeded')
}

/** Fills the tables of services, each in its schema, by the same statements. */
const fill = async (client: pg.Client, targets: [service: string, schema: string][], { customers, now }: Data) => {
  // Triggers of foreign keys would check row by row what holds by construction.
  await client.query(`set session_replication_role = replica; set work_mem = '64MB'`)
  const settings = { customers, tenants: tenantCount, now: now.toISOString() }
  for (const [name, value] of Object.entries(settings)) {
    await client.query('select set_config($1, $2, false)', [`seed.${name}`, String(value)])
  }
  await client.query(await sql('preamble'))
  for (const [service, schema] of targets) {
    await client.query(`set search_path = ${client.escapeIdentifier(schema)}`)
    await client.query(await sql(service))
  }
  await client.query('drop schema seed cascade')
  await client.query('vacuum analyze')
}

/** Waits until all is on the disk: what is written while we measure would be measured. */
const settle = async (adminUrl: string) => {
  await withClient(adminUrl, (client) => client.query('checkpoint'))
  await promisify(execFile)('sync')
}

const sql = (name: string) => readFile(new URL(`${name}.sql`, sqlFolder), 'utf8')

/** Whatever the data depends on. */
const fingerprint = async ({ customers, now, copy }: Data & { copy: boolean }) => {
  const hash = createHash('sha256').update(`${customers} ${tenantCount} ${now.toISOString()} ${copy}`)
  for (const folder of [sqlFolder, kitMigrations, ...services.map(({ migrations }) => migrations)]) {
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted()) {
      hash.update(await readFile(new URL(name, folder)))
    }
  }
  return hash.digest('hex')
}

// The database's comment goes when the database goes.
const seedIn = (adminUrl: string) =>
  withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ seed: string | null }>(
      `select shobj_description(oid, 'pg_database') as seed from pg_database where datname = $1`,
      [marked],
    )
    return rows[0]?.seed ?? undefined
  })

const markSeeded = (adminUrl: string, seed: string) =>
  withClient(adminUrl, (client) => client.query(`comment on database ${marked} is ${client.escapeLiteral(seed)}`))

const dropDatabases = (adminUrl: string, names: string[]) =>
  withClient(adminUrl, async (client) => {
    for (const name of names) await client.query(`drop database if exists ${name} with (force)`)
  })

const countRows = (adminUrl: string) =>
  withClient(onDatabase(adminUrl, copyDatabase), async (client) => {
    const { rows } = await client.query<{ rows: string }>(
      `select sum(reltuples) as rows from pg_class where relkind = 'r' and relnamespace::regnamespace::text = any($1)`,
      [services.map(({ name }) => name)],
    )
    return Number(rows[0]?.rows)
  })
