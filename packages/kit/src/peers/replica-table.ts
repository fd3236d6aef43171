import type { Ownership } from '../policy/policy.js'
import { arrayParameter } from '../postgres/statements/array-parameter.js'
import { columnName } from '../postgres/statements/column-name.js'
import type { Context, Transaction } from '../service/context.js'

/** What is known of every replicated entity: its id, the version that is known, and its ownership. */
export interface Replicated extends Ownership {
  id: string
  version: number
}

/** Where a replica is kept. */
export interface ReplicaTable<T extends Replicated> {
  /** A table with the key `(tenant, id)`, a `version`, and a column for each of the properties, in snake case. */
  table: string
  /** What else is kept of an entity, property → type of its column. */
  columns: Readonly<Record<Exclude<keyof T & string, 'id' | 'version'>, string>>
}

/** Reads and writes the table of a replica: a statement each, however many entities there are. */
export const replicaTable = <T extends Replicated>({ table, columns }: ReplicaTable<T>) => {
  const kept = Object.entries<string>({ id: 'uuid', version: 'int', ...columns }).map(([property, type]) => {
    return { property: `"${property}"`, type, column: columnName(property) }
  })
  const list = (of: (one: (typeof kept)[number]) => string) => kept.map(of).join(', ')
  const select = `select ${list(({ column, property }) => `${column} as ${property}`)} from ${table}`
  const upsert = `insert into ${table} as known (${list(({ column }) => column)})
     select distinct on (id) ${list(({ property }) => property)}
     from jsonb_to_recordset(?::jsonb) as row (${list(({ property, type }) => `${property} ${type}`)})
     order by id, version desc
     on conflict (tenant, id) do update set ${list(({ column }) => `${column} = excluded.${column}`)}
     where known.version < excluded.version`
  return {
    /** Those that have one of these values in a property, their ids unless another is said. */
    known: ({ em }: Pick<Context, 'em'>, values: readonly string[], by: keyof T & string = 'id') => {
      const { column, type } = kept.find(({ property }) => property === `"${by}"`)!
      return em.execute<T[]>(`${select} where ${column} = any(?::${type}[])`, [arrayParameter(values)])
    },
    /** Keeps what is newer than what is known; of several versions of one entity the newest. */
    keep: async (tx: Transaction, entities: readonly T[]) => {
      await tx.em.execute(upsert, [JSON.stringify(entities)])
    },
  }
}
