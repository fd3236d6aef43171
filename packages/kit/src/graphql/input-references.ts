import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInputType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  typeFromAST,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { Invalid } from '../errors/errors.js'
import { fragmentsOf } from './fragments.js'
import { type InputLimits, inputLimits, sizeOfInput, tooManyValues } from './input-size.js'

/** Filters and rules may nest: so many objects of such types may be in the input of one operation. Room for 200 conditions, each in an object. */
export const mostNestedInputs = 250

/** Refuses the variables of a request that make too much input of an operation, before any of it is built. */
export type CheckInput = (variables: Readonly<Record<string, unknown>>) => void

/** What a part of a document refers to. */
interface References {
  /** Objects of nesting types that are written out. */
  nested: number
  variables: Map<string, number>
  fragments: Map<string, number>
}

/**
 * Counts what a valid operation makes of its variables: a variable counts as often as arguments refer to it, also in fragments that are
 * spread several times. The check throws Invalid `input.too_many_values`, `list.too_long`, `filter.too_large`.
 */
export const createInputChecks = (schema: GraphQLSchema, limits: InputLimits = inputLimits) => {
  const nesting = nestingTypes(schema)

  return (document: DocumentNode, operation: OperationDefinitionNode): CheckInput => {
    const { nested, variables: uses } = referencesOf(schema, nesting, document, operation)
    if (nested > mostNestedInputs) return () => refuseNested()
    const declared = (operation.variableDefinitions ?? []).flatMap(({ variable, type: node, defaultValue }) => {
      const type = typeFromAST(schema, node)
      const { value: name } = variable.name
      // Representations come from a gateway, which has counted what they were made from.
      const isInput = isInputType(type) && type.toString() !== '[_Any!]!'
      const otherwise = defaultValue && valueFromASTUntyped(defaultValue)
      return isInput ? [{ name, type, uses: uses.get(name) ?? 0, otherwise }] : []
    })
    return (variables) => {
      let values = 0
      let objects = nested
      for (const { name, type, uses, otherwise } of declared) {
        const given = Object.hasOwn(variables, name) ? variables[name] : otherwise
        if (given === undefined || given === null) continue
        values += sizeOfInput({ [name]: given }, limits) * Math.max(1, uses)
        if (values > limits.values) throw tooManyValues(limits)
        objects += uses && countNested(nesting, type, given) * uses
        if (objects > mostNestedInputs) refuseNested()
      }
    }
  }
}

const refuseNested = () => {
  const params = { most: mostNestedInputs }
  const message = `at most ${mostNestedInputs} objects that and, or and not combine`
  throw new Invalid(`Filters and rules of one operation have ${message}.`, {
    reason: 'filter.too_large',
    params,
    fields: [{ path: 'filter', reason: 'filter.too_large', message, params }],
  })
}

/** Input types by what is of interest in them: whether they can be inside themselves, and the fields that lead to such. */
type Nesting = ReadonlyMap<GraphQLInputObjectType, { nests: boolean; fields: readonly [string, GraphQLInputType][] }>

const nestingTypes = (schema: GraphQLSchema): Nesting => {
  const types = Object.values(schema.getTypeMap()).filter(isInputObjectType)
  const inside = new Map(types.map((type) => [type, reachedFrom(type)]))
  const nests = (type: GraphQLInputType | GraphQLInputObjectType) =>
    isInputObjectType(type) && !!inside.get(type)?.has(type)
  const leads = (type: GraphQLInputType) => {
    const named = getNamedType(type)
    return nests(named) || (isInputObjectType(named) && [...inside.get(named)!].some(nests))
  }
  return new Map(
    types.map((type) => {
      const fields = Object.values(type.getFields()).filter((field) => leads(field.type))
      return [type, { nests: nests(type), fields: fields.map(({ name, type }) => [name, type]) }]
    }),
  )
}

const reachedFrom = (start: GraphQLInputObjectType): Set<GraphQLInputObjectType> => {
  const reached = new Set<GraphQLInputObjectType>()
  const waiting = [start]
  for (let type = waiting.pop(); type; type = waiting.pop()) {
    for (const field of Object.values(type.getFields())) {
      const named = getNamedType(field.type)
      if (!isInputObjectType(named) || reached.has(named)) continue
      reached.add(named)
      waiting.push(named)
    }
  }
  return reached
}

const countNested = (nesting: Nesting, type: GraphQLInputType, value: unknown): number => {
  const found = nesting.get(getNamedType(type) as GraphQLInputObjectType)
  if (!found || (!found.nests && !found.fields.length) || value === null || typeof value !== 'object') return 0
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + countNested(nesting, type, each), 0)
  return found.fields.reduce(
    (sum, [name, inner]) => sum + countNested(nesting, inner, (value as Record<string, unknown>)[name]),
    found.nests ? 1 : 0,
  )
}

const referencesOf = (
  schema: GraphQLSchema,
  nesting: Nesting,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): References => {
  const fragments = fragmentsOf(document)
  const known = new Map<string, References>()

  const total = (definition: OperationDefinitionNode | FragmentDefinitionNode): References => {
    const own = ownReferences(schema, nesting, definition)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) known.set(definition.name.value, own)
    for (const [name, times] of own.fragments) {
      const fragment = fragments.get(name)
      if (!fragment) continue
      const inner = known.get(name) ?? total(fragment)
      own.nested += times * inner.nested
      for (const [variable, uses] of inner.variables) add(own.variables, variable, times * uses)
    }
    return own
  }
  return total(operation)
}

const ownReferences = (
  schema: GraphQLSchema,
  nesting: Nesting,
  definition: OperationDefinitionNode | FragmentDefinitionNode,
): References => {
  const found: References = { nested: 0, variables: new Map(), fragments: new Map() }
  const info = new TypeInfo(schema)
  visit(
    definition,
    visitWithTypeInfo(info, {
      VariableDefinition: { enter: () => false },
      Variable: ({ name }) => void add(found.variables, name.value, 1),
      FragmentSpread: ({ name }) => void add(found.fragments, name.value, 1),
      ObjectValue() {
        if (nesting.get(getNamedType(info.getInputType()) as GraphQLInputObjectType)?.nests) found.nested += 1
      },
    }),
  )
  return found
}

const add = (counts: Map<string, number>, name: string, count: number) =>
  counts.set(name, (counts.get(name) ?? 0) + count)
