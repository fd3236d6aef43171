import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Log } from '../../config/log.js'
import { Unavailable } from '../../errors/errors.js'
import { isUnavailable } from '../../errors/map-error.js'
import { keptAlive } from '../sessions/kept-alive.js'
import { ensureStepTable, runOutside, runsOutside } from './migrate-outside.js'
import { followNameOrder } from './name-order.js'

const kitMigrations = new URL('../../../migrations/', import.meta.url)

/**
 * Brings a service's database to the newest schema: first what the kit needs, then the service's own `migrations/*.sql`. Those that follow each
 * other are one transaction; one whose first line is `-- outside of a transaction` runs by itself, statement by statement, and goes on where it
 * failed. Replicas that start together wait for each other. Fails, and names the file, when one cannot be applied, or when an
 * applied one is missing or out of order. Afterwards names are in the order of `nameLocale`.
 */
export const migrate = async (ownerUrl: string, migrations: URL, log: Log, nameLocale?: string) => {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000, ...keptAlive })
  // A session that is lost fails the statement at work; without a listener it would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    await lock(client, log)
    await ensureStepTable(client)
    for (const [table, directory] of sources(migrations)) await migrateFrom(client, table, directory, log)
    await followNameOrder(client, log, nameLocale)
  } finally {
    await client.end()
  }
}

/** Asks again and again: a statement that waited for the lock would be waited for by `create index concurrently`. */
const lock = async (client: pg.Client, log: Log) => {
  for (let tries = 0; ; tries++) {
    // Seen at once and then every ten seconds.
    if (tries % 100 === 1) log.warn('waiting for another process that migrates this database')
    const { rows } = await client.query(`select pg_try_advisory_lock(hashtext('clientele-migrate')) as got`)
    if (rows[0].got) return
    await new Promise((resume) => setTimeout(resume, 100))
  }
}

const migrateFrom = async (client: pg.Client, table: string, directory: URL, log: Log) => {
  // As node-pg-migrate makes it; readable from the beginning, so that readiness can say what is missing.
  await client.query(
    `create table if not exists ${table} (id serial primary key, name varchar(255) not null, run_on timestamp not null)`,
  )
  await client.query(`grant select on ${table} to clientele_app, clientele_system`)
  const files = await filesIn(directory)
  for (let isDone = false; !isDone; ) {
    const applied = await appliedTo(client, table)
    if (isCurrent(applied, files)) return
    const pending = files.filter(({ name }) => !applied.has(name))
    const outside = pending.findIndex(({ sql }) => runsOutside(sql))
    isDone = outside < 0
    if (outside !== 0) await runTogether(client, table, directory, isDone ? Number.POSITIVE_INFINITY : outside, log)
    const next = pending[outside]
    if (!next) continue
    const late = files.slice(files.indexOf(next)).find(({ name }) => applied.has(name))
    if (late) throw new Error(`migration ${next.name} is out of order: ${late.name} has been applied`)
    await naming(next.name, runOutside(client, `${table} ${next.name}`, next.sql))
    await client.query(`insert into ${table} (name, run_on) values ($1, now())`, [next.name])
    log.info({ migration: next.name }, 'migrated')
  }
}

/** Whether all files have been applied, in their order, and no others. */
const isCurrent = (applied: ReadonlySet<string>, files: readonly { name: string }[]) =>
  applied.size === files.length && [...applied].every((name, at) => name === files[at]?.name)

const runTogether = async (client: pg.Client, table: string, directory: URL, count: number, log: Log) => {
  let current = ''
  // Loaded where there is something to do: it holds some megabytes for as long as the process lives.
  const { runner } = await import('node-pg-migrate')
  const running = runner({
    dbClient: client,
    dir: fileURLToPath(directory),
    migrationsTable: table,
    direction: 'up',
    count,
    noLock: true,
    singleTransaction: true,
    log: (line) => {
      current = /### MIGRATION (\S+)/.exec(line)?.[1] ?? current
    },
  })
  for (const { name } of await naming(() => current, running)) log.info({ migration: name }, 'migrated')
}

const naming = <T>(name: string | (() => string), work: Promise<T>) =>
  work.catch((cause: unknown) => {
    const migration = typeof name === 'string' ? name : name()
    if (!migration || isUnavailable(cause)) throw cause
    throw new Error(`migration ${migration} failed: ${(cause as Error).message}`, { cause })
  })

const filesIn = async (directory: URL) => {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).toSorted()
  return Promise.all(
    names.map(async (file) => ({
      name: file.replace(/\.sql$/, ''),
      sql: await readFile(new URL(file, directory), 'utf8'),
    })),
  )
}

/** The migrations that the database lacks, in the order in which they would run. */
export const pendingMigrations = async (client: Pick<pg.Pool, 'query'>, migrations: URL) => {
  const pending = []
  for (const [table, directory] of sources(migrations)) {
    const applied = await appliedTo(client, table)
    pending.push(...(await filesIn(directory)).filter(({ name }) => !applied.has(name)))
  }
  return pending
}

/** How a database stands to the migrations of this release. */
export interface SchemaState {
  applied: number
  /** Those that are missing, in the order in which they would run. */
  pending: string[]
  /** Those that came with a later release. */
  newer: string[]
  /** Why `migrate` would refuse: one that it does not know between those that it does, or one that is missing before one that is applied. */
  disorder: string[]
}

/** How a database stands to the migrations of this release. Reads, and changes nothing. */
export const schemaState = async (client: Pick<pg.Pool, 'query'>, migrations: URL): Promise<SchemaState> => {
  const state: SchemaState = { applied: 0, pending: [], newer: [], disorder: [] }
  for (const [table, directory] of sources(migrations)) {
    const applied = [...(await appliedTo(client, table))]
    const names = (await filesIn(directory)).map(({ name }) => name)
    const last = names.at(-1) ?? ''
    const lastApplied =
      applied
        .filter((name) => names.includes(name))
        .toSorted()
        .at(-1) ?? ''
    const missing = names.filter((name) => !applied.includes(name))
    const unknown = applied.filter((name) => !names.includes(name))
    state.applied += applied.length
    state.pending.push(...missing)
    state.newer.push(...unknown.filter((name) => name > last))
    state.disorder.push(...unknown.filter((name) => name < last), ...missing.filter((name) => name < lastApplied))
  }
  return state
}

/** Throws UNAVAILABLE while the database lacks a migration that this version of the service brings. */
export const checkSchema = async (system: pg.Pool, migrations: URL) => {
  const [missing] = await pendingMigrations(system, migrations)
  if (missing) throw new Unavailable(`migration ${missing.name} is missing`, { reason: 'schema' })
}

const sources = (migrations: URL) =>
  [
    ['kit_migration', kitMigrations],
    ['service_migration', migrations],
  ] as const

const appliedTo = async (system: Pick<pg.Pool, 'query'>, table: string) => {
  try {
    const { rows } = await system.query<{ name: string }>(`select name from ${table} order by run_on, id`)
    return new Set(rows.map(({ name }) => name))
  } catch (error) {
    // Before the first migration there is no such table, or no right to read it.
    if (['42P01', '42501'].includes((error as { code?: string }).code ?? '')) return new Set<string>()
    throw error
  }
}
