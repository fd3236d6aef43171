import pg from 'pg'
import { pendingMigrations } from './migrate.js'
import { runsOutside } from './migrate-outside.js'
import { isProgram, lockOf, statementsIn, type Waiting } from './statement-locks.js'

/** A table that is there and that a migration holds up, with its size before it runs. */
export interface LockedTable {
  table: string
  waits: Waiting
  readsAllRows: boolean
  /** Of the table with its indexes. */
  bytes: number
  /** As PostgreSQL estimates them. */
  rows: number
}

export interface PlannedMigration {
  migration: string
  /** Statement by statement, each committed by itself; otherwise locks are held until the last migration beside it is done. */
  isOutside: boolean
  /** How many of its statements are programs, whose locks are not foreseen here. */
  programs: number
  tables: LockedTable[]
}

/** What `migrate` would run now, and whom it would hold up. Reads, and changes nothing. */
export const planMigrations = async (ownerUrl: string, migrations: URL): Promise<PlannedMigration[]> => {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('set default_transaction_read_only = on')
    const planned: PlannedMigration[] = []
    for (const { name, sql } of await pendingMigrations(client, migrations)) {
      const statements = statementsIn(sql)
      const tables = await lockedBy(client, statements)
      planned.push({
        migration: name,
        isOutside: runsOutside(sql),
        programs: statements.filter(isProgram).length,
        tables,
      })
    }
    return planned
  } finally {
    await client.end().catch(() => {})
  }
}

const order: readonly Waiting[] = ['nobody', 'writes', 'reads and writes']

/** The hardest lock on each table that is there already: what is made by these migrations holds up nobody. */
const lockedBy = async (client: pg.Client, statements: readonly string[]): Promise<LockedTable[]> => {
  const locks = statements.flatMap((statement) => lockOf(statement) ?? [])
  const tables = Map.groupBy(locks, ({ table }) => table)
  const { rows } = await client.query<{ table: string; bytes: string; rows: number }>(
    `select name as table, pg_total_relation_size(pg_class.oid) as bytes, greatest(reltuples, 0)::float8 as rows
     from unnest($1::text[]) as name join pg_class on pg_class.oid = to_regclass(name)`,
    [[...tables.keys()]],
  )
  return rows.map(({ table, bytes, rows }) => {
    const all = tables.get(table) ?? []
    const waits = order.findLast((each) => all.some((lock) => lock.waits === each)) ?? 'nobody'
    return { table, waits, readsAllRows: all.some((lock) => lock.readsAllRows), bytes: Number(bytes), rows }
  })
}
