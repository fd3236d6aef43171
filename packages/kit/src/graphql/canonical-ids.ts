import { canonicalId } from '@clientele/contracts'
import {
  type GraphQLArgument,
  GraphQLID,
  type GraphQLInputField,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLScalarType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'

const CanonicalID = new GraphQLScalarType<string, string>({
  ...GraphQLID.toConfig(),
  parseValue: (value) => canonicalId(GraphQLID.parseValue(value)),
  parseLiteral: (node, variables) => canonicalId(GraphQLID.parseLiteral(node, variables)),
})

/** Has every argument and input of the type ID read in the form in which ids are stored, so that nothing behind it meets another spelling. */
export const readCanonicalIds = (schema: GraphQLSchema): GraphQLSchema => {
  const types = schema.getTypeMap()
  for (const type of Object.values(types)) {
    if (isInputObjectType(type)) Object.values(type.getFields()).forEach(settle)
    if (isObjectType(type)) for (const field of Object.values(type.getFields())) field.args.forEach(settle)
  }
  // Variables are declared with the type of this name.
  types.ID = CanonicalID
  return schema
}

const settle = (input: GraphQLArgument | GraphQLInputField) => {
  input.type = canonical(input.type)
}

const canonical = (type: GraphQLInputType): GraphQLInputType => {
  if (isNonNullType(type)) return new GraphQLNonNull(canonical(type.ofType) as never)
  if (isListType(type)) return new GraphQLList(canonical(type.ofType))
  return type === GraphQLID ? CanonicalID : type
}
