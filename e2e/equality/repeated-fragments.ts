import { fragmentsOf, openedBy } from '@clientele/kit'
import { Kind, parse, type SelectionSetNode } from 'graphql'

/**
 * Paths of response keys, such as `.customers.nodes`, where fragments on one type come twice: there and below the stock executor puts fields in another
 * order.
 */
export const repeatedFragments = (query: string): ReadonlySet<string> => {
  const document = parse(query)
  const fragments = fragmentsOf(document)
  const seen = new Set<string>()
  const repeated = new Set<string>()
  const walk = (path: string, { selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value
        if (selection.selectionSet) walk(`${path}.${key}`, selection.selectionSet)
        continue
      }
      const opened = openedBy(selection, fragments)
      if (!opened) continue
      const place = `${path} on ${opened.condition ?? ''}`
      if (seen.has(place)) repeated.add(path)
      seen.add(place)
      walk(path, opened.selectionSet)
    }
  }
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) walk('', definition.selectionSet)
  return repeated
}
