import type { FieldSelector } from '@clientele/kit'
import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
} from 'graphql'

/** Whether a field is asked of a subgraph just as the client asks for it, in the same order, so that its value is the client's. */
export type SameSelection = (
  type: GraphQLNamedType,
  client: readonly FieldNode[],
  sent: readonly FieldNode[],
) => boolean

/** Compares selections under the schema that clients see. A type of which the supergraph has values that clients must not see is never the same. */
export function createSameSelection(
  schema: GraphQLSchema,
  supergraph: GraphQLSchema,
  selectClient: FieldSelector,
  selectSent: FieldSelector,
): SameSelection {
  const possible = (type: GraphQLCompositeType): readonly GraphQLObjectType[] =>
    isAbstractType(type) ? schema.getPossibleTypes(type) : [type as GraphQLObjectType]

  function hides(type: GraphQLNamedType): boolean {
    const whole = supergraph.getType(type.name)
    if (isEnumType(type)) return !isEnumType(whole) || whole.getValues().length > type.getValues().length
    if (isAbstractType(type))
      return !isAbstractType(whole) || supergraph.getPossibleTypes(whole).length > possible(type).length
    return false
  }

  return function same(type, client, sent): boolean {
    if (hides(type)) return false
    if (!isCompositeType(type)) return true
    const setsOf = (nodes: readonly FieldNode[]) => nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
    return possible(type).every((object): boolean => {
      const wanted = [...selectClient(object, setsOf(client))]
      const given = [...selectSent(object, setsOf(sent))]
      return (
        wanted.length === given.length &&
        wanted.every(([name, nodes], index) => {
          const [sentName, sentNodes] = given[index]!
          const field = nodes[0]!.name.value
          if (name !== sentName || field !== sentNodes[0]!.name.value) return false
          if (name === '__typename' && field !== name) return false
          return field === '__typename' || same(getNamedType(object.getFields()[field]!.type), nodes, sentNodes)
        })
      )
    })
  }
}
