import type { Order } from '@clientele/kit'
import { getNamedType, isInputObjectType } from 'graphql'
import type { Compilation } from '../compile/compilation.js'
import { NotMappable } from '../compile/not-mappable.js'
import type { Read } from '../reads/read.js'
import { behind, checkCursor, cursorSql, type KeyOrder, orderBy } from './cursor.js'
import { filterSql, type Special } from './filter.js'
import { pageSql } from './page.js'

interface List {
  /** The property of the listed entity that holds the parent's id; left out for a list of all. */
  by?: string
  orderBy: Order
  /** What the filter's conditions mean that are no properties of the entity. */
  special?: Special
  /** Which entities are listed at all. */
  where?: (row: string) => string
  /** The type that entries are shown as, if not the entity's own; its fields are read from `id`. */
  as?: string
}

const understood = ['filter', 'orderBy', 'first', 'after']

/** A page of entities, as the kit's `pageByKey` and `paginate` give it; the arguments `filter`, `orderBy`, `first` and `after` are understood. */
export const connection = (type: string, { by, special = {}, where, as, ...list }: List): Read => ({
  isCertain: true,
  sql: (asked, parent, c) => {
    const { table, columns } = c.entity(type)
    const { filter, orderBy: given, after } = asked.args
    const other = Object.keys(asked.args).find((name) => asked.args[name] != null && !understood.includes(name))
    if (other) throw new NotMappable(`${asked.type.name}.${asked.field.name} with ${other}`)
    const order = orderIn(c, type, (given as GivenOrder | null | undefined) ?? list.orderBy)
    let isFiltered = false
    const conditions = (alias: string) => {
      isFiltered = true
      const of = by ? `${alias}.${columns.get(by)!.name} = ${parent.sql}.id` : 'true'
      const input = getNamedType(asked.field.args.find(({ name }) => name === 'filter')?.type)
      const chosen =
        filter && isInputObjectType(input)
          ? `and ${filterSql(c, { type, input: input.name, alias, special }, filter)}`
          : ''
      const listed = where ? `and ${where(alias)}` : ''
      return `where ${of} ${listed} ${c.andInScope(type, alias)} ${chosen}`
    }
    const row = c.alias()
    checkCursor(c, order, after)
    const counted = c.alias()
    const sql = pageSql(
      asked,
      {
        select: (limit) =>
          `select ${row}.* from ${table} as ${row} ${conditions(row)} ${behind(c, order, row, after)} ${orderBy(order, row)} limit ${limit}`,
        node: (nodes, sql) =>
          c.object(c.model.schema.getType(as ?? type) as never, nodes, { from: as ? 'select' : 'entity', sql }),
        cursor: (alias) => cursorSql(order, alias),
        count: () => `(select count(*) from ${table} as ${counted} ${conditions(counted)})`,
      },
      c,
    )
    // Of a list of which no more than its type is asked, nobody has looked at the filter, which may be refused.
    if (filter && !isFiltered) throw new NotMappable(`a filter of ${asked.field.name} that nothing needs`)
    return sql
  },
})

/** An order argument of the usual form: codes whose values are properties and directions. */
type GivenOrder = { field: string; direction: 'asc' | 'desc' } | Order

const orderIn = (c: Compilation, type: string, given: GivenOrder): KeyOrder => {
  const order: Order = 'field' in given ? [[given.field, given.direction]] : given
  const direction = order.at(-1)?.[1] ?? 'asc'
  if (order.some(([, each]) => each !== direction)) throw new NotMappable('an order in both directions')
  const properties = order.map(([property]) => property)
  if (!properties.includes('id')) properties.push('id')
  const keys = properties.map((property) => {
    const column = c.entity(type).columns.get(property)
    if (!column || !c.model.policies.showsAlways(c.actor, type, property))
      throw new NotMappable(`no order by ${property}`)
    return { ...column, property }
  })
  return { list: type, keys, direction }
}
