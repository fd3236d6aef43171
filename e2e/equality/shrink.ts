import { type DocumentNode, type GraphQLSchema, Kind, parse, print, type SelectionNode, validate, visit } from 'graphql'
import type { Operation } from './stacks.js'

/** A smaller operation for which the same holds: one selection or argument after the other is left out, as long as it still does. */
export const shrink = async <O extends Operation>(
  schema: GraphQLSchema,
  operation: O,
  holds: (operation: O) => Promise<boolean>,
): Promise<O> => {
  let smallest = operation
  for (let at = 0, tries = 0; tries < 300; tries++) {
    const query = withoutPart(smallest.query, at)
    if (query === undefined) break
    const smaller = { ...smallest, query, variables: usedIn(query, smallest.variables) }
    const isSmaller = query !== '' && validate(schema, parse(query)).length === 0 && (await holds(smaller))
    if (isSmaller) smallest = smaller
    else at++
  }
  return smallest
}

/** The document without the part of this number, `''` where nothing would be left around it; undefined where it has fewer parts. */
const withoutPart = (query: string, number: number): string | undefined => {
  let at = -1
  let isEmpty = false
  const leave = (node: { kind: string }, _key: unknown, parent: unknown) => {
    if (++at !== number) return
    isEmpty = node.kind !== Kind.ARGUMENT && (parent as readonly SelectionNode[]).length === 1
    return null
  }
  const smaller = visit(parse(query), {
    Field: leave,
    InlineFragment: leave,
    FragmentSpread: leave,
    Argument: leave,
    Directive: leave,
  })
  if (at < number) return undefined
  return isEmpty ? '' : print(withoutUnused(smaller))
}

/** Leaves out fragments and variables that nothing refers to any more. */
const withoutUnused = (document: DocumentNode): DocumentNode => {
  const spread = new Set<string>()
  visit(document, { FragmentSpread: ({ name }) => void spread.add(name.value) })
  const kept = document.definitions.filter(
    (definition) => definition.kind !== Kind.FRAGMENT_DEFINITION || spread.has(definition.name.value),
  )
  if (kept.length < document.definitions.length) return withoutUnused({ ...document, definitions: kept })
  const used = new Set<string>()
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  })
  return visit(document, { VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null) })
}

const usedIn = (query: string, variables: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => new RegExp(`\\$${name}\\b`).test(query)))
