import { Invalid } from '@clientele/kit'
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'

/** What a list is taken to hold where nothing says its size. */
const assumedListSize = 10

export interface Priced {
  document: DocumentNode
  operation: OperationDefinitionNode
  variables: Readonly<Record<string, unknown>>
  schema: GraphQLSchema
  /** Entries that one page may have. */
  pageSize: number
}

/**
 * What a valid operation costs: 1 for each field, and what is below a list times the size of the list. That size is `first` (or `last`),
 * at the list itself or at the connection around it; the length of the longest list in its arguments, such as `ids`; else 10.
 * Fragments on alternatives all count. Throws `Invalid` `page.size` where a page is larger than allowed.
 */
export function costOf({ document, operation, variables, schema, pageSize }: Priced): number {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }

  function costOfSet(set: SelectionSetNode, typename: string, page: number | undefined): number {
    let cost = 0
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) cost += costOfField(selection, typename, page)
      else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
        const type = fragment?.typeCondition?.name.value ?? typename
        if (fragment) cost += costOfSet(fragment.selectionSet, type, page)
      }
    }
    return cost
  }

  function costOfField(field: FieldNode, typename: string, inherited: number | undefined): number {
    const type = schema.getType(typename)
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined
    if (!definition) return field.name.value === '__typename' ? 0 : 1
    const page = pageOf(field, definition)
    const inner = getNamedType(definition.type)
    if (!field.selectionSet || !isCompositeType(inner)) return 1
    const isList = isListType(getNullableType(definition.type))
    const below = costOfSet(field.selectionSet, inner.name, isList ? undefined : page)
    return 1 + (isList ? (page ?? inherited ?? lengthOfLists(field) ?? assumedListSize) : 1) * below
  }

  function pageOf(field: FieldNode, definition: GraphQLField<unknown, unknown>): number | undefined {
    const argument = definition.args.find(({ name }) => name === 'first' || name === 'last')
    if (!argument) return undefined
    const given = field.arguments?.find(({ name }) => name.value === argument.name)?.value
    const size = (given && knownValue(given)) ?? argument.defaultValue ?? pageSize
    // A value of another kind is refused where variables are coerced.
    if (typeof size !== 'number' || Number.isNaN(size)) return pageSize
    if (size >= 0 && size <= pageSize) return size
    throw new Invalid(`A page has 0 to ${pageSize} entries, not ${size}.`, {
      reason: 'page.size',
      fields: [{ path: argument.name, reason: 'range', message: `0 to ${pageSize}` }],
    })
  }

  function lengthOfLists({ arguments: given = [] }: FieldNode): number | undefined {
    const lengths = given.map(({ value }) => knownValue(value)).filter(Array.isArray)
    return lengths.length > 0 ? Math.max(...lengths.map(({ length }) => length)) : undefined
  }

  /** Of a literal as much as prices need: numbers, and how long a list is. */
  function knownValue(node: ValueNode): unknown {
    if (node.kind === Kind.INT) return Number(node.value)
    if (node.kind === Kind.LIST) return node.values
    if (node.kind !== Kind.VARIABLE) return undefined
    const { value: name } = node.name
    if (Object.hasOwn(variables, name)) return variables[name]
    const declared = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name)
    return declared?.defaultValue && knownValue(declared.defaultValue)
  }

  const root = schema.getRootType(operation.operation) as GraphQLObjectType
  return costOfSet(operation.selectionSet, root.name, undefined)
}
