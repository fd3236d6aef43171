/** Who waits while a statement runs: everybody, everybody who writes, or nobody. */
export type Waiting = 'reads and writes' | 'writes' | 'nobody'

/** What one statement of a migration does to the rest of the world. */
export interface StatementLock {
  table: string
  waits: Waiting
  /** Whether it goes through all rows, so that it takes longer the more there are. */
  readsAllRows: boolean
}

const table = String.raw`(?:if\s+exists\s+)?(?:only\s+)?("?[\w."]+"?)`
const start = (words: string) =>
  new RegExp(`^${words.replaceAll(' ', '\\s+').replaceAll('…', '\\s.*?\\b')}${table}`, 'is')

/** Of `alter table`: what looks at each row, or writes it anew. */
const throughAllRows =
  /\b(type|set\s+not\s+null|add\s+(constraint|check|foreign\s+key|primary\s+key|unique)|generated\s+always)\b(?!.*\bnot\s+valid\b)/is

const patterns: [pattern: RegExp, waits: Waiting, readsAllRows: boolean | RegExp][] = [
  [start('create (?:unique )?index concurrently…on '), 'nobody', true],
  [start('create (?:unique )?index…on '), 'writes', true],
  [new RegExp(`${start('alter table ').source}\\s+validate\\s`, 'is'), 'nobody', true],
  [start('alter table '), 'reads and writes', throughAllRows],
  [start('create (?:or replace )?(?:constraint )?trigger…on '), 'writes', false],
  [start('(?:create|alter|drop) policy…on '), 'reads and writes', false],
  [start('drop trigger…on '), 'reads and writes', false],
  [start('(?:drop|truncate) table '), 'reads and writes', false],
  [start('update '), 'writes', true],
  [start('delete from '), 'writes', true],
]

/** A program (`do $$ … $$`, or a query that calls one) may do anything. */
export const isProgram = (statement: string) => /^(do|select|with|call)\b/i.test(statement)

/**
 * What a statement locks, by its first words; undefined for what holds up nobody, such as a table that it makes. A table is as it is written. Rows
 * that are changed hold up only those who change the same ones: those statements count as `writes`, the worst that can be.
 */
export const lockOf = (statement: string): StatementLock | undefined => {
  for (const [pattern, waits, all] of patterns) {
    const found = pattern.exec(statement)?.[1]
    if (found) return { table: found, waits, readsAllRows: typeof all === 'boolean' ? all : all.test(statement) }
  }
  return undefined
}

/** The statements of a migration, without comments; `;` inside of a program's body ends none. */
export const statementsIn = (sql: string) => {
  const bodies: string[] = []
  return sql
    .replaceAll(/^\s*--.*$/gm, '')
    .replaceAll(/\$(\w*)\$[\s\S]*?\$\1\$/g, (body) => `$$${bodies.push(body) - 1}$$`)
    .split(/;[^\S\n]*(?:--.*)?(?:\n|$)/)
    .map((statement) => statement.trim().replaceAll(/\$\$(\d+)\$\$/g, (_, at) => bodies[Number(at)] ?? ''))
    .filter(Boolean)
}
