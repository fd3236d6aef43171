import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import { Unavailable } from './errors.js'
import type { Log } from './log.js'

const kitMigrations = new URL('../migrations/', import.meta.url)

/**
 * Brings a service's database to the newest schema: first what the kit needs, then the service's own `migrations/*.sql`.
 * Replicas that start together wait for each other on an advisory lock. Fails when an applied migration is missing or out of order.
 */
export const migrate = async (ownerUrl: string, migrations: URL, log: Log) => {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000, keepAlive: true })
  // A session that is lost fails the statement at work; without a listener it would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(`select pg_advisory_lock(hashtext('clientele-migrate'))`)
    for (const [table, directory] of [
      ['kit_migration', kitMigrations],
      ['service_migration', migrations],
    ] as const) {
      const applied = await runner({
        dbClient: client,
        dir: fileURLToPath(directory),
        migrationsTable: table,
        direction: 'up',
        count: Number.POSITIVE_INFINITY,
        noLock: true,
        singleTransaction: true,
        log: () => undefined,
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
  const files = (await readdir(migrations)).filter((name) => name.endsWith('.sql'))
  const { rows } = await system.query<{ name: string }>('select name from service_migration')
  const applied = new Set(rows.map(({ name }) => name))
  const missing = files.map((name) => name.replace(/\.sql$/, '')).filter((name) => !applied.has(name))
  if (missing.length) throw new Unavailable(`migration ${missing[0]} is missing`, { reason: 'schema' })
}
