import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql'
import type { Known } from './known.js'

/** A list of the supergraph in one of its orders. */
export interface OrderedList {
  /** `Customer.visits`, or `Query.visits by UPDATED_AT DESC`. */
  name: string
  /** What cursors of it are good for: the listed type and the order. */
  ordering: string
  /** The listed type and the property that the order names; undefined for the usual one. */
  by?: { type: string; property: string }
  /** An operation that asks for the page of `$first` behind `$after`. */
  query: string
  variables(known: Known): Record<string, unknown>
  /** The page within the data of an answer. */
  pageIn(data: any): any
}

const page = '{ edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount }'

/** Every field of the supergraph that takes `first` and `after`, in every order that it takes. */
export const orderedLists = (schema: GraphQLSchema): OrderedList[] =>
  Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith('__')) return []
    return Object.values(type.getFields())
      .filter(({ args }) => ['first', 'after'].every((name) => args.some((arg) => arg.name === name)))
      .flatMap((field) => ordersOf(field).map((order) => listOf(schema, type, field, order)))
  })

const ordersOf = (field: GraphQLField<unknown, unknown>): (string | undefined)[] => {
  const given = getNamedType(field.args.find(({ name }) => name === 'orderBy')?.type)
  const codes = isInputObjectType(given) ? getNamedType(given.getFields().field?.type) : undefined
  if (!isEnumType(codes)) return [undefined]
  const orders = codes.getValues().flatMap(({ name }) => ['ASC', 'DESC'].map((direction) => `${name} ${direction}`))
  return [undefined, ...orders]
}

const listOf = (
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  order: string | undefined,
): OrderedList => {
  const [code, direction] = order?.split(' ') ?? []
  const orderBy = order ? `, orderBy: { field: ${code}, direction: ${direction} }` : ''
  const list = `list: ${field.name}(first: $first, after: $after${orderBy}) ${page}`
  const declared = '$first: Int!, $after: String'
  const name = `${type.name}.${field.name}${order ? ` by ${order}` : ''}`
  const listed = getNamedType((getNamedType(field.type) as GraphQLObjectType).getFields().nodes!.type).name
  const ordering = `${listed} ${order ?? 'as usual'}`
  const by = code && { by: { type: listed, property: code.toLowerCase().replace(/_(.)/g, (_, c) => c.toUpperCase()) } }
  if (type === schema.getQueryType()) {
    const query = `query (${declared}) { ${list} }`
    return { name, ordering, ...by, query, variables: () => ({}), pageIn: (data) => data?.list }
  }
  const byId = Object.values(schema.getQueryType()!.getFields()).find(
    ({ args, type: of }) => getNamedType(of) === type && args.length === 1 && args[0]!.name === 'id',
  )
  if (!byId) throw new Error(`${type.name} is not found by id, so nothing asks for ${name}`)
  return {
    name,
    ordering,
    ...by,
    query: `query ($id: ID!, ${declared}) { of: ${byId.name}(id: $id) { ${list} } }`,
    variables: (known) => ({ id: known[type.name]?.[0] }),
    pageIn: (data) => data?.of?.list,
  }
}
