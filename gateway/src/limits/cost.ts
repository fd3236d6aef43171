import { limits } from '@clientele/contracts'
import { charactersOfCost, checkPageSize, fragmentsOf, openedBy } from '@clientele/kit'
import {
  type DocumentNode,
  type FieldNode,
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
import { at, type ByVariables, derived, sum, type Variables } from '../operations/by-variables.js'
import type { DeclaredCosts } from './declared-costs.js'

/** What a list is taken to hold where nothing says its size, as in foreign subgraphs. */
const assumedListSize = 10

/** Of a list; undefined where nothing says it. */
type Length = ByVariables<number | undefined>

export interface Priced {
  document: DocumentNode
  operation: OperationDefinitionNode
  schema: GraphQLSchema
  /** Entries that one page may have. */
  pageSize: number
  declared: DeclaredCosts
}

/**
 * What a valid operation costs, told by the variables: 1 for each field, or its declared weight (`@cost`) where that is a long text; 1 more for
 * each 500 characters of its key; and what is below a list times the size of the list. That size is `first` (or `last`), at the list itself or
 * at the connection around it; the most that the list is declared to hold (`@listSize`); the length of the longest list in its arguments, such as
 * `ids`; else 10. Each value of a list counts where that declares its size.
 * Fragments on alternatives all count. Both this and the price throw `Invalid` `page.size` where a page is larger than allowed.
 */
export function priceOf({ document, operation, schema, pageSize, declared }: Priced): (variables: Variables) => number {
  const fragments = fragmentsOf(document)

  function costOfSet(set: SelectionSetNode, typename: string, page: Length): ByVariables<number> {
    return sum(
      set.selections.map((selection) => {
        if (selection.kind === Kind.FIELD) return costOfField(selection, typename, page)
        const opened = openedBy(selection, fragments)
        return opened ? costOfSet(opened.selectionSet, opened.condition ?? typename, page) : 0
      }),
    )
  }

  function costOfField(field: FieldNode, typename: string, inherited: Length): ByVariables<number> {
    const type = schema.getType(typename)
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined
    if (!definition) return field.name.value === '__typename' ? 0 : 1
    const page = pageOf(field, definition)
    const inner = getNamedType(definition.type)
    const isList = isListType(getNullableType(definition.type))
    const weight = declared.weight(typename, field.name.value) ?? 1
    const mostEntries = declared.listSize(typename, field.name.value)
    const values = mostEntries === undefined ? 0 : weight
    const below =
      field.selectionSet && isCompositeType(inner)
        ? costOfSet(field.selectionSet, inner.name, isList ? undefined : page)
        : values
    const own = (isList ? 1 : weight) + Math.floor((field.alias ?? field.name).value.length / charactersOfCost)
    const listed = mostEntries ?? lengthOfLists(field)
    return derived([page, inherited, listed, below], (variables) => {
      // Asked even where it does not count, as it refuses too large a page.
      const size = at(page, variables) ?? at(inherited, variables) ?? at(listed, variables)
      const length = isList ? (size ?? assumedListSize) : 1
      return own + length * at(below, variables)
    })
  }

  function pageOf(field: FieldNode, definition: GraphQLField<unknown, unknown>): Length {
    const argument = definition.args.find(({ name }) => name === 'first' || name === 'last')
    if (!argument) return undefined
    const node = field.arguments?.find(({ name }) => name.value === argument.name)?.value
    const given = node && knownValue(node)
    return derived([given], (variables) => {
      const size = at(given, variables) ?? argument.defaultValue ?? pageSize
      // A value of another kind is refused where variables are coerced.
      if (typeof size !== 'number' || Number.isNaN(size)) return pageSize
      return checkPageSize(size, { ...limits.pageSize, most: pageSize }, argument.name)
    })
  }

  function lengthOfLists({ arguments: given = [] }: FieldNode): Length {
    const values = given.map(({ value }) => knownValue(value))
    return derived(values, (variables) => {
      const lists = values.map((value) => at(value, variables)).filter(Array.isArray)
      return lists.length > 0 ? Math.max(...lists.map(({ length }) => length)) : undefined
    })
  }

  /** Of a value as much as prices need: numbers, and how long a list is. */
  function knownValue(node: ValueNode): ByVariables<unknown> {
    if (node.kind === Kind.INT) return Number(node.value)
    if (node.kind === Kind.LIST) return node.values
    if (node.kind !== Kind.VARIABLE) return undefined
    const { value: name } = node.name
    const declared = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name)
    const otherwise = declared?.defaultValue && knownValue(declared.defaultValue)
    return (variables: Variables) => (Object.hasOwn(variables, name) ? variables[name] : otherwise)
  }

  const root = schema.getRootType(operation.operation) as GraphQLObjectType
  const price = costOfSet(operation.selectionSet, root.name, undefined)
  return (variables) => at(price, variables)
}
