import { fragmentsOf, openedBy } from '@clientele/kit'
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { type Choice, isIncluded } from '../plan/conditions.js'

/** The fields to answer with, by response name, in the order of the answer; several nodes where a field is asked for more than once. */
export type SelectedFields = ReadonlyMap<string, readonly FieldNode[]>

/** Opens the fragments of selection sets for objects of one type. */
export type FieldSelector = (type: GraphQLCompositeType, sets: readonly SelectionSetNode[]) => SelectedFields

export function createFieldSelector(schema: GraphQLSchema, document: DocumentNode, choice: Choice): FieldSelector {
  const fragments = fragmentsOf(document)

  function applies(condition: string | undefined, type: GraphQLCompositeType): boolean {
    if (condition === undefined || condition === type.name) return true
    const wanted = schema.getType(condition)
    return isAbstractType(wanted) && 'getFields' in type && schema.isSubType(wanted, type)
  }

  return (type, sets) => {
    const fields = new Map<string, FieldNode[]>()
    const opened = new Set<string>()
    const open = ({ selections }: SelectionSetNode): void => {
      for (const selection of selections) {
        if (!isIncluded(selection, choice)) continue
        if (selection.kind === Kind.FIELD) {
          const name = (selection.alias ?? selection.name).value
          const same = fields.get(name)
          if (same) same.push(selection)
          else fields.set(name, [selection])
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
