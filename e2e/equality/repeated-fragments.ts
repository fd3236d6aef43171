import { fragmentsOf, openedBy } from '@clientele/kit'
import { Kind, parse, type SelectionSetNode } from 'graphql'

/** Whether fragments on one type come twice where their fields are put together: the stock executor puts fields in another order then. */
export const hasRepeatedFragment = (query: string): boolean => {
  const document = parse(query)
  const fragments = fragmentsOf(document)
  const seen = new Set<string>()
  let isRepeated = false
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
      isRepeated ||= seen.has(place)
      seen.add(place)
      walk(path, opened.selectionSet)
    }
  }
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) walk('', definition.selectionSet)
  return isRepeated
}
