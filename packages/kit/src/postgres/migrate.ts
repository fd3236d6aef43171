import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import type { Log } from '../config/log.js'
import { Unavailable } from '../errors/errors.js'
import { isUnavailable } from '../errors/map-error.js'

const kitMigrations = new URL('../../migrations/', import.meta.url)

/**
 * Brings a service's database to the newest schema: first what the kit needs, then the service's own `migrations/*.sql`.
 * All of each are one transaction. Replicas that start together wait for each other on an advisory lock. Fails, and names the file, when one
 * cannot be applied, or when an applied one is missing or out of order.
 */
export const migrate = async (ownerUrl: string, migrations: URL, log: Log) => {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000, keepAlive: true })
  // A session that is lost fails the statement at work; without a listener it would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(`select pg_advisory_lock(hashtext('clientele-migrate'))`)
    for (const [table, directory] of sources(migrations)) {
      let current = ''
      const applied = await runner({
        dbClient: client,
        dir: fileURLToPath(directory),
        migrationsTable: table,
        direction: 'up',
        count: Number.POSITIVE_INFINITY,
        noLock: true,
        singleTransaction: true,
        log: (line) => {
          current = /### MIGRATION (\S+)/.exec(line)?.[1] ?? current
        },
      }).catch((cause: unknown) => {
        if (!current || isUnavailable(cause)) throw cause
        throw new Error(`migration ${current} failed: ${(cause as Error).message}`, { cause })
      })
      for (const { name } of applied) log.info({ migration: name }, 'migrated')
    }
    await client.query('grant select on kit_migration, service_migration to clientele_app, clientele_system')
  } finally {
    await client.end()
  }
}

/** Throws UNAVAILABLE while the database lacks a migration that this version of the service brings. */
export const checkSchema = async (system: pg.Pool, migrations: URL) => {
  for (const [table, directory] of sources(migrations)) {
    const files = (await readdir(directory)).filter((name) => name.endsWith('.sql')).toSorted()
    const applied = await appliedTo(system, table)
    const missing = files.map((name) => name.replace(/\.sql$/, '')).find((name) => !applied.has(name))
    if (missing) throw new Unavailable(`migration ${missing} is missing`, { reason: 'schema' })
  }
}

const sources = (migrations: URL) =>
  [
    ['kit_migration', kitMigrations],
    ['service_migration', migrations],
  ] as const

const appliedTo = async (system: pg.Pool, table: string) => {
  try {
    const { rows } = await system.query<{ name: string }>(`select name from ${table}`)
    return new Set(rows.map(({ name }) => name))
  } catch (error) {
    // Before the first migration there is no such table, or no right to read it.
    if (['42P01', '42501'].includes((error as { code?: string }).code ?? '')) return new Set<string>()
    throw error
  }
}
