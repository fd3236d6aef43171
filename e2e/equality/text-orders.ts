import { orderedLists } from './connections.js'
import type { Stacks } from './stacks.js'

interface Column {
  type: string
  collation: string | null
}

/** Orders of lists by texts, each with the collation of its column: names have one of people, codes that of code points, and nothing the server's. */
export const textOrders = async ({ platform, schema }: Stacks) => {
  const found = new Map<string, string | null>()
  const entities = [...platform.services.values()].flatMap(({ database }) =>
    [...database.orm.getMetadata()].map((entity) => ({ entity, database })),
  )
  for (const { by } of orderedLists(schema)) {
    if (!by) continue
    const having = entities.filter(({ entity }) => by.property in entity.properties)
    const own = having.filter(({ entity }) => entity.className === by.type)
    if (!having.length) throw new Error(`nothing has ${by.property}, by which a list of ${by.type} is ordered`)
    for (const { entity, database } of own.length ? own : having) {
      const { fieldNames } = entity.properties[by.property as never] as { fieldNames: string[] }
      const { rows } = await database.system.query<Column>(
        `select format_type(atttypid, null) as type, collname as collation
         from pg_attribute left join pg_collation on pg_collation.oid = attcollation
         where attrelid = to_regclass($1) and attname = $2`,
        [entity.tableName, fieldNames[0]],
      )
      if (rows[0]?.type === 'text') found.set(`${by.type}.${by.property}`, rows[0].collation)
    }
  }
  return Object.fromEntries(found)
}
