import { type Fragments, openedBy } from '@clientele/kit'
import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** What an operation selects, apart from its values. */
export interface Selections {
  schema: GraphQLSchema
  fragments: Fragments
  variables: Record<string, unknown>
}

/** The fields that are asked for of an object of this type, by response key, with fragments laid open and `@skip`/`@include` decided. */
export const collect = (
  all: Selections,
  type: GraphQLObjectType,
  sets: readonly (SelectionSetNode | undefined)[],
  found = new Map<string, FieldNode[]>(),
): Map<string, FieldNode[]> => {
  for (const selection of sets.flatMap((set) => set?.selections ?? [])) {
    if (isLeftOut(selection, all.variables)) continue
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value
      found.set(key, [...(found.get(key) ?? []), selection])
    } else {
      const opened = openedBy(selection, all.fragments)!
      if (fits(all.schema, opened.condition, type)) collect(all, type, [opened.selectionSet], found)
    }
  }
  return found
}

const isLeftOut = (node: SelectionNode, variables: Record<string, unknown>) =>
  getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true ||
  getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if === false

const fits = (schema: GraphQLSchema, condition: string | undefined, type: GraphQLObjectType) => {
  if (!condition || condition === type.name) return true
  const named = schema.getType(condition)
  return isAbstractType(named) && schema.isSubType(named, type)
}
