import {
  type GraphQLEnumType,
  GraphQLError,
  type GraphQLSchema,
  isEnumType,
  isIntrospectionType,
  Kind,
  print,
  type ValueNode,
} from 'graphql'

const mostNamed = 20
const mostQuoted = 100

/** Makes the enums of a schema say which values there are where they are given another, in a document or in variables. */
export const nameEnumValues = (schema: GraphQLSchema): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isEnumType(type) && !isIntrospectionType(type)) nameValues(type)
  }
  return schema
}

const nameValues = (type: GraphQLEnumType) => {
  const innerValue = (name: unknown, given: () => string, nodes?: ValueNode) => {
    const found = typeof name === 'string' ? type.getValue(name) : undefined
    if (!found) throw noSuchValue(type, given(), nodes)
    return found.value
  }
  type.parseValue = (input) => innerValue(input, () => JSON.stringify(input) ?? String(input))
  type.parseLiteral = (node) => innerValue(node.kind === Kind.ENUM ? node.value : undefined, () => print(node), node)
}

const noSuchValue = (type: GraphQLEnumType, written: string, nodes?: ValueNode) => {
  const names = type.getValues().map(({ name }) => name)
  const values = names.slice(0, mostNamed)
  const more = names.length - values.length
  const given = written.length > mostQuoted ? `${written.slice(0, mostQuoted)}…` : written
  const others = more ? ` and ${more} more` : ''
  const params = { given, type: type.name, values, more }
  return new GraphQLError(`${given} is no ${type.name}, which is one of ${values.join(', ')}${others}.`, {
    nodes,
    extensions: { code: 'INVALID', reason: 'value.not_one_of', params },
  })
}
