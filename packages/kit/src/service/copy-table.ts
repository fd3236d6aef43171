import { UnderscoreNamingStrategy } from '@mikro-orm/core'
import type { Belongings } from '../policy/policy.js'
import type { Context, Transaction } from './context.js'

/** What every copy says: of which entity and of which of its versions it is, and whose the entity is. */
export interface Copy extends Belongings {
  id: string
  version: number
}

/** Where copies are kept. */
export interface CopyTable<T extends Copy> {
  /** A table with the key `(tenant, id)`, a `version`, and a column for each of the properties, in snake case. */
  table: string
  /** What else is kept of an entity, property → type of its column. */
  columns: Readonly<Record<Exclude<keyof T & string, 'id' | 'version'>, string>>
}

const naming = new UnderscoreNamingStrategy()

/** Reads and writes a table of copies: a statement each, however many copies there are. */
export const copyTable = <T extends Copy>({ table, columns }: CopyTable<T>) => {
  const kept = Object.entries<string>({ id: 'uuid', version: 'int', ...columns }).map(([property, type]) => {
    return { property: `"${property}"`, type, column: naming.propertyToColumnName(property) }
  })
  const list = (of: (one: (typeof kept)[number]) => string) => kept.map(of).join(', ')
  const select = `select ${list(({ column, property }) => `${column} as ${property}`)} from ${table} where id = any(?::uuid[])`
  const upsert = `insert into ${table} as known (${list(({ column }) => column)})
     select distinct on (id) ${list(({ property }) => property)}
     from jsonb_to_recordset(?::jsonb) as row (${list(({ property, type }) => `${property} ${type}`)})
     order by id, version desc
     on conflict (tenant, id) do update set ${list(({ column }) => `${column} = excluded.${column}`)}
     where known.version < excluded.version`
  return {
    known: ({ em }: Pick<Context, 'em'>, ids: readonly string[]) => em.execute<T[]>(select, [`{${ids.join(',')}}`]),
    /** Keeps what is newer than what is known; of several versions of one entity the newest. */
    keep: async (tx: Transaction, copies: readonly T[]) => {
      await tx.em.execute(upsert, [JSON.stringify(copies)])
    },
  }
}
