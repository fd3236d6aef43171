import pg from 'pg'
import type { TestService } from '../service.js'

/** Upper bounds that the CHECKs of a service's database set, by `table.column`: `length 1..64`, `value 0..10`, `entries 1..50`. */
export const databaseBounds = async (svc: Pick<TestService, 'urls'>): Promise<Record<string, string>> => {
  const client = new pg.Client({ connectionString: svc.urls.ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ table: string; name: string; check: string }>(
      `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as check
       from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace`,
    )
    return Object.fromEntries(rows.flatMap(({ table, name, check }) => boundOf(table, name, check)).toSorted())
  } finally {
    await client.end()
  }
}

const measures: Record<string, string> = { length: 'length', octet_length: 'bytes', cardinality: 'entries' }

const boundOf = (table: string, name: string, check: string): [string, string][] => {
  if (!/<=?\s*\(?\d/.test(check)) return []
  const pattern = /\(*(?:(length|octet_length|cardinality)\()?(\w+)\)?\s*(>=|<=|>)\s*(?:\()?(\d+)(?:\)::\w+)?/g
  const column = new Set<string>()
  const bounds = { measure: 'value', least: '', most: '' }
  for (const [, measure, of, operator, number] of check.matchAll(pattern)) {
    column.add(of as string)
    if (measure) bounds.measure = measures[measure] as string
    if (operator === '>=') bounds.least = number as string
    if (operator === '>') bounds.least = String(Number(number) + 1)
    if (operator === '<=') bounds.most = number as string
  }
  const [only, ...others] = column
  if (!only || others.length) return [[`${table} ${name}`, check]]
  return [[`${table}.${only}`, `${bounds.measure} ${bounds.least}..${bounds.most}`]]
}
