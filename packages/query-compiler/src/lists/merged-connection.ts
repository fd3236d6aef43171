import { getNamedType, isObjectType } from 'graphql'
import { objectTypeOf } from '../compile/compilation.js'
import { literal } from '../compile/leaf.js'
import type { Read } from '../reads/read.js'
import { behind, checkCursor, cursorSql, type KeyOrder, orderBy } from './cursor.js'
import { pageSql } from './page.js'

interface Merged {
  /** The entities that are merged by their codes in the argument `kinds`, each with the column of its place in time, and which of them, as SQL. */
  of: Readonly<Record<string, { type: string; at: string; where?: (alias: string) => string }>>
  /** The property of all of them that holds the parent's id. */
  by: string
  /** The property of the interface that they are ordered by. */
  property: string
  /** Whether the latest come first, or the earliest. */
  direction: 'asc' | 'desc'
  /** Which places in time are in the list at the time of the request, as SQL. */
  when(at: string, now: string): string
  /** The concept whose policy says which of them are reached. */
  concept: string
}

/** A page of entities of several types that share an interface, in one order of time. */
export const mergedConnection = ({ of, by, property, direction, when, concept }: Merged): Read => ({
  isCertain: true,
  sql: (asked, parent, c) => {
    const { kinds, after } = asked.args
    const order: KeyOrder = {
      list: getNamedType(objectTypeOf(asked.field).getFields().nodes!.type).name,
      direction,
      keys: [
        { property, name: 'at', type: 'timestamptz', nullable: false },
        { property: 'id', name: 'id', type: 'uuid', nullable: false },
      ],
    }
    const sources = Object.entries(of).map(([code, { type, at, where }]) => {
      const { table, columns } = c.entity(type)
      const wanted = () => (kinds == null ? '' : `and ${literal(code)} = any(${c.argument(kinds, 'text[]')})`)
      const conditions = (alias: string) =>
        `where ${alias}.${columns.get(by)!.name} = ${parent.sql}.id and ${when(`${alias}.${at}`, c.now())}
         ${where ? `and ${where(alias)}` : ''} ${wanted()} ${c.andInScope(concept, alias)}`
      const known = c.model.schema.getType(type)
      if (!isObjectType(known)) throw new Error(`${type} is no object type`)
      return { code, type: known, table, at, conditions, objects: [] as string[] }
    })
    const [place, line, counted] = [c.alias(), c.alias(), c.alias()]
    checkCursor(c, order, after)
    return pageSql(
      asked,
      {
        select: (limit) => {
          const start = behind(c, order, line, after)
          const parts = sources.map(({ table, at, conditions, objects }) => {
            const nodes = objects.map((object, index) => `, ${object} as node${index}`).join('')
            const named = `select ${place}.id, ${place}.${at} as at${nodes} from ${table} as ${place} ${conditions(place)}`
            return `(select ${line}.* from (${named}) as ${line} where true ${start} ${orderBy(order, line)} limit ${limit})`
          })
          return `select ${line}.* from (${parts.join(' union all ')}) as ${line} ${orderBy(order, line)} limit ${limit}`
        },
        node: (nodes, alias) => {
          // Made where the entry is found, in its own table; PostgreSQL makes no more of them than it takes.
          for (const { type, objects } of sources) {
            objects.push(c.object(type, nodes, { from: 'entity', sql: place }))
          }
          return `${alias}.node${sources[0]!.objects.length - 1}`
        },
        cursor: (alias) => cursorSql(order, alias),
        count: () =>
          sources
            .map(({ table, conditions }) => `(select count(*) from ${table} as ${counted} ${conditions(counted)})`)
            .join(' + '),
      },
      c,
    )
  },
})
