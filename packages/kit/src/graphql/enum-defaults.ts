import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql'

/** Gives enum defaults their inner values: a schema made from SDL reads its defaults before its enums know more than names. */
export const settleEnumDefaults = (schema: GraphQLSchema): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type)) Object.values(type.getFields()).forEach(settle)
    if (isObjectType(type)) for (const field of Object.values(type.getFields())) field.args.forEach(settle)
  }
  return schema
}

const settle = (input: GraphQLArgument | GraphQLInputField) => {
  const type = getNamedType(input.type)
  if (isEnumType(type) && typeof input.defaultValue === 'string') {
    input.defaultValue = type.getValue(input.defaultValue)?.value ?? input.defaultValue
  }
}
