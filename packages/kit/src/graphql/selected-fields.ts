import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { type Fragments, openedBy } from './fragments.js'

/** The fields that are asked for, by response key and in the order of the answer; several nodes where one is asked for more than once. */
export type SelectedFields = ReadonlyMap<string, readonly FieldNode[]>

/** Opens the fragments of selection sets for objects of one type. */
export type FieldSelector = (
  type: GraphQLCompositeType,
  sets: readonly (SelectionSetNode | undefined)[],
) => SelectedFields

/** The selector of a document's fields ("CollectFields" of the specification); `isIncluded` decides on `@skip` and `@include`. */
export const createFieldSelector = (
  schema: GraphQLSchema,
  fragments: Fragments,
  isIncluded: (selection: SelectionNode) => boolean,
): FieldSelector => {
  const applies = (condition: string | undefined, type: GraphQLCompositeType): boolean => {
    if (condition === undefined || condition === type.name) return true
    const wanted = schema.getType(condition)
    return isAbstractType(wanted) && 'getFields' in type && schema.isSubType(wanted, type)
  }

  return (type, sets) => {
    const fields = new Map<string, FieldNode[]>()
    const opened = new Set<string>()
    const open = (set: SelectionSetNode | undefined): void => {
      for (const selection of set?.selections ?? []) {
        if (!isIncluded(selection)) continue
        if (selection.kind === Kind.FIELD) {
          const key = (selection.alias ?? selection.name).value
          const same = fields.get(key)
          if (same) same.push(selection)
          else fields.set(key, [selection])
          continue
        }
        if (selection.kind === Kind.FRAGMENT_SPREAD && opened.has(selection.name.value)) continue
        if (selection.kind === Kind.FRAGMENT_SPREAD) opened.add(selection.name.value)
        const opening = openedBy(selection, fragments)
        if (opening && applies(opening.condition, type)) open(opening.selectionSet)
      }
    }
    sets.forEach(open)
    return fields
  }
}
