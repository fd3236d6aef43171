import type { GraphQLObjectType } from 'graphql'
import { type Compilation, objectTypeOf, type ReadScope } from '../compile/compilation.js'
import { NotMappable, unanswerable } from '../compile/not-mappable.js'
import { type Read, type Row, recordOf } from '../reads/read.js'

type Select = (row: string, scope: ReadScope) => string

/** What a type is read from where a read's own SQL gives its rows: those of an entity have the columns of its table. */
const rowOf = (c: Compilation, type: GraphQLObjectType, alias: string, record: Row['record']): Row => ({
  from: c.model.entities.has(type.name) ? 'entity' : 'select',
  sql: alias,
  record,
})

/**
 * The rows of a select in the actor's access scope, and their order: PostgreSQL may join them to what tells that scope, and
 * forget it.
 */
const withinScope = (c: Compilation, select: string, { name }: GraphQLObjectType, alias: string) => {
  if (!c.isLimited(name)) return { from: `(${select}) as ${alias}`, order: '' }
  const placed = `select *, row_number() over () as place_in_list from (${select}) as ${alias}`
  return {
    from: `(${placed}) as ${alias} where ${c.scopeCondition(name, alias)}`,
    order: `order by ${alias}.place_in_list`,
  }
}

/** A list of objects, each from a row of a select over the parent's row, in the select's order. */
export const rows = (select: Select): Read => ({
  isCertain: true,
  sql: ({ type: owner, field, nodes }, parent, c) => {
    const type = objectTypeOf(field)
    const alias = c.alias()
    const object = c.object(type, nodes, rowOf(c, type, alias, recordOf(owner, parent)))
    const { from, order } = withinScope(c, select(parent.sql, c), type, alias)
    return `(select coalesce(json_agg(${object} ${order}), '[]') from ${from})`
  },
})

/** One object, from the first row of a select over the parent's row; null without a row. */
export const row = (select: Select): Read => ({
  sql: ({ type: owner, field, nodes }, parent, c) => {
    const type = objectTypeOf(field)
    const alias = c.alias()
    const object = c.object(type, nodes, rowOf(c, type, alias, recordOf(owner, parent)))
    const { from, order } = withinScope(c, select(parent.sql, c), type, alias)
    return `(select ${object} from ${from} ${order} limit 1)`
  },
})

/** The entity whose id a property of the row holds; null without an id. */
export const relation = (type: string, property: string): Read => ({
  sql: ({ type: parent, nodes, field }, { sql: row }, c) => {
    const alias = c.alias()
    const key = c.column(parent.name, property)
    const object = c.object(objectTypeOf(field), nodes, { from: 'entity', sql: alias })
    // Whoever asks for one outside their access scope is written down in the audit log, which is the ordinary resolvers' to
    // do.
    const value = `case when ${c.scopeCondition(type, alias)} then ${object} else ${unanswerable.json} end`
    return `(select ${value} from ${c.entity(type).table} as ${alias} where ${alias}.id = ${row}.${key})`
  },
})

/**
 * The key of an entity that another service owns, whose id a property of the row holds; null where the actor does not reach it. One that
 * is not known here yet is the ordinary resolvers' to ask for.
 */
export const key = (property: string): Read => ({
  sql: ({ type: parent, nodes, field }, { sql: row }, c) => {
    const alias = c.alias()
    const type = objectTypeOf(field)
    const object = c.object(type, nodes, { from: 'select', sql: alias })
    const select = `select ${row}.${c.column(parent.name, property)} as id`
    if (!c.isLimited(type.name)) return `(select ${object} from (${select}) as ${alias} where ${alias}.id is not null)`
    const table = c.model.reference(type.name)?.table
    if (!table) throw new NotMappable(`whose the ${type.name} is does not stand here`)
    const kept = c.alias()
    const value = `case when ${kept}.id is null then ${unanswerable.json} when ${c.scopeCondition(type.name, kept)} then ${object} end`
    return `(select ${value} from (${select}) as ${alias} left join ${table} as ${kept} on ${kept}.id = ${alias}.id where ${alias}.id is not null)`
  },
})
