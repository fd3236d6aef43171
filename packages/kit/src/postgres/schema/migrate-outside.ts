import type pg from 'pg'

/** The first line of a migration that runs outside of a transaction, as `create index concurrently` has to. */
const directive = '-- outside of a transaction'

export const runsOutside = (sql: string) => sql.split('\n', 1)[0]?.trim() === directive

/** Where a statement of such a migration is noted once it is done, so that a migration that failed goes on where it was. */
export const ensureStepTable = (client: pg.Client) =>
  client.query(`create table if not exists migration_step (
    migration text not null, step int not null, done_at timestamptz not null default now(), primary key (migration, step))`)

/**
 * Runs a migration statement by statement, each ending with `;` at the end of a line and committed by itself. After a failure the next run
 * begins with the statement that failed; an index that was left invalid is dropped and built again. A process that is killed between a
 * statement and its note runs that statement twice. The error names the statement by its number.
 */
export const runOutside = async (client: pg.Client, migration: string, sql: string) => {
  const { rows } = await client.query<{ step: number }>('select step from migration_step where migration = $1', [
    migration,
  ])
  const done = new Set(rows.map(({ step }) => step))
  for (const [at, statement] of statementsOf(sql).entries()) {
    const step = at + 1
    if (done.has(step)) continue
    await runStatement(client, statement).catch((cause: unknown) => {
      throw new Error(`statement ${step}: ${(cause as Error).message}`, { cause })
    })
    await client.query('insert into migration_step (migration, step) values ($1, $2)', [migration, step])
  }
}

const runStatement = async (client: pg.Client, statement: string) => {
  const index = /^create\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?([\w."]+)/i.exec(
    statement,
  )?.[1]
  const built = index && (await stateOf(client, index))
  if (built === 'valid') return
  if (built === 'invalid') await client.query(`drop index concurrently ${index}`)
  await client.query(statement)
}

const stateOf = async (client: pg.Client, index: string) => {
  const { rows } = await client.query<{ indisvalid: boolean }>(
    'select indisvalid from pg_index where indexrelid = to_regclass($1)',
    [index],
  )
  return rows[0] && (rows[0].indisvalid ? 'valid' : 'invalid')
}

/** Without what is only a comment. */
const statementsOf = (sql: string) =>
  sql
    .replaceAll(/^\s*--.*$/gm, '')
    .split(/;[^\S\n]*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter(Boolean)
