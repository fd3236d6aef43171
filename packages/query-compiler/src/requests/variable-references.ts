import {
  type GraphQLInputType,
  type GraphQLSchema,
  getVariableValues,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type TypeNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql'
import { NotMappable } from '../compile/not-mappable.js'

type Variables = Record<string, unknown>

/**
 * Where in a request's variables a value is found. Statements are compiled with references in the stead of values,
 * so that none can keep what one request said and tell it to another.
 */
export class VariableReference {
  constructor(private readonly path: readonly (string | number)[]) {}

  valueIn(variables: Variables): unknown {
    return this.path.reduce<unknown>((value, step) => (value as Variables)[step], variables)
  }

  toJSON() {
    return { reference: true }
  }
}

/** The value that an argument has in a request: what its reference leads to, or what was written in the operation itself. */
export const valueAt = (given: unknown, variables: Variables): unknown => {
  if (given instanceof VariableReference) return given.valueIn(variables)
  return Array.isArray(given) ? given.map((each) => valueAt(each, variables)) : given
}

/** The shape of the variables of an operation that is given keys of entities and nothing else. */
export const shapeOfKeys: Variables = { representations: new VariableReference(['representations']) }

/** A request's variables: their values, and their shape, in which only what changes a statement's text is left (codes, booleans, nulls). */
export const readVariables = (schema: GraphQLSchema, operation: OperationDefinitionNode, given: Variables) => {
  const definitions = operation.variableDefinitions ?? []
  const keys = keysIn(definitions, given)
  if (keys) return { values: keys, shape: shapeOfKeys }
  const { coerced: values, errors } = getVariableValues(schema, definitions, given)
  if (errors) throw new NotMappable('variables that do not fit')
  const shape: Variables = {}
  for (const { type, variable } of definitions) {
    const { value: name } = variable.name
    if (name in values)
      shape[name] = shapeOf(typeFromAST(schema, type as never) as GraphQLInputType, values[name], [name])
  }
  return { values, shape }
}

/** The keys of entities, where nothing else varies: how the gateway asks most, and the scalar of a key takes what comes. */
const keysIn = ([only, ...others]: readonly VariableDefinitionNode[], { representations }: Variables) => {
  if (others.length || only?.variable.name.value !== 'representations' || !isListOfKeys(only.type)) return undefined
  return Array.isArray(representations) && representations.every((each) => each != null)
    ? { representations }
    : undefined
}

const isListOfKeys = (type: TypeNode) =>
  type.kind === Kind.NON_NULL_TYPE &&
  type.type.kind === Kind.LIST_TYPE &&
  type.type.type.kind === Kind.NON_NULL_TYPE &&
  type.type.type.type.kind === Kind.NAMED_TYPE &&
  type.type.type.type.name.value === '_Any'

const shapeOf = (type: GraphQLInputType, value: unknown, path: readonly (string | number)[]): unknown => {
  if (value == null) return value
  if (isNonNullType(type)) return shapeOf(type.ofType, value, path)
  if (isListType(type)) {
    const item = isNonNullType(type.ofType) ? type.ofType.ofType : type.ofType
    if (isLeafType(item) || !Array.isArray(value)) return new VariableReference(path)
    return value.map((each, at) => shapeOf(item, each, [...path, at]))
  }
  if (isInputObjectType(type)) {
    const fields = type.getFields()
    const entries = Object.entries(value as object)
    return Object.fromEntries(entries.map(([name, each]) => [name, shapeOf(fields[name]!.type, each, [...path, name])]))
  }
  return isEnumType(type) || typeof value === 'boolean' ? value : new VariableReference(path)
}
