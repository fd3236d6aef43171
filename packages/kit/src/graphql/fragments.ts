import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** The fragments of a document, by name. */
export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

export const fragmentsOf = ({ definitions }: DocumentNode): Fragments =>
  new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  )

/** What a selection opens beside a field: its type condition and selections; undefined for a field, and for a fragment that there is not. */
export const openedBy = (
  selection: SelectionNode,
  fragments: Fragments,
): { condition: string | undefined; selectionSet: SelectionSetNode } | undefined => {
  if (selection.kind === Kind.FIELD) return undefined
  const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
  return fragment && { condition: fragment.typeCondition?.name.value, selectionSet: fragment.selectionSet }
}
