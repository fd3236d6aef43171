import { columnName } from '@clientele/kit'
import {
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { type Compilation } from '../compile/compilation.js'
import { leafFromColumn, leafFromJson, required, textsFromArray } from '../compile/leaf.js'
import { NotMappable } from '../compile/not-mappable.js'
import type { Model } from './model.js'
import { type Read, type RequestedField, type Row, recordOf } from './read.js'

/** How a field is read of which nobody says it: from the column or the JSON member that has its name. */
export const derived = (
  model: Model,
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  row: Row,
): Read => {
  const path = `${type.name}.${field.name}`
  if (model.hasResolver(type.name, field.name)) throw new NotMappable(`${path} has a resolver and no read`)
  if (row.from === 'json') {
    return { sql: (asked, row, c) => jsonValue(field.type, `(${row.sql} -> '${field.name}')`, asked, row, c) }
  }
  const column = row.from === 'entity' ? model.entities.get(type.name)?.columns.get(field.name) : undefined
  if (row.from === 'entity' && !column) throw new NotMappable(`${path} is no column`)
  const name = column?.name ?? columnName(field.name)
  const isCertain = column?.nullable === false
  const expression = row.expressions ? row.expressions.get(name) : `${row.sql}.${name}`
  if (!expression) throw new NotMappable(`${path} is no column`)
  if (isLeafType(getNullableType(field.type)) && column?.type !== 'jsonb') {
    return {
      isCertain,
      sql: () => leafFromColumn(getNullableType(field.type) as never, expression, column?.type),
    }
  }
  const items = getNullableType(field.type)
  if (isListType(items) && (!column || column.type.endsWith('[]'))) {
    return { isCertain, sql: () => textsFromArray(items.ofType, expression, column?.type) }
  }
  if (column?.type !== 'jsonb') throw new NotMappable(`${path} is no column`)
  return { sql: (asked, row, c) => jsonValue(field.type, expression, asked, row, c) }
}

/** A value that is stored as jsonb: a leaf, an object of the fields asked for, or a list of them. */
const jsonValue = (
  given: GraphQLOutputType,
  json: string,
  asked: RequestedField,
  parent: Row,
  c: Compilation,
): string => {
  const type = getNullableType(given)
  if (isLeafType(type)) return leafFromJson(type as GraphQLLeafType, json)
  if (isObjectType(type)) {
    return `case when jsonb_typeof(${json}) = 'object' then ${c.object(type, asked.nodes, { from: 'json', sql: json, record: recordOf(asked.type, parent) })} end`
  }
  if (!isListType(type)) throw new NotMappable(`${asked.type.name}.${asked.field.name} is of several types`)
  const each = c.alias()
  const item = jsonValue(type.ofType, `${each}.value`, asked, parent, c)
  return `case when jsonb_typeof(${json}) = 'array' then (select coalesce(json_agg(${isNonNullType(type.ofType) ? required(item, type.ofType) : item} order by ${each}.place), '[]') from jsonb_array_elements(${json}) with ordinality as ${each}(value, place)) end`
}
