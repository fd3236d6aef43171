import { type ConstDirectiveNode, Kind, parse, print, visit } from 'graphql'

/** Directives of a subgraph's schema that gateways plan by. */
const planned = new Set(['key', 'shareable', 'external', 'requires', 'provides', 'override', 'inaccessible'])

/** What more of does not hurt a gateway that does not know it yet. */
const harmless = /^@(key|shareable)\b/

/**
 * What keeps a gateway of one version from planning for a subgraph of the other although its types are the same: a key that is gone, a field that
 * needs another one beside it.
 */
export const planningChanges = (before: string, after: string): string[] => {
  const [was, is] = [directivesOf(before), directivesOf(after)]
  const changes: string[] = []
  for (const [place, directives] of was) {
    const now = is.get(place)
    // What is gone altogether is told of the types.
    if (!now) continue
    for (const directive of directives) if (!now.has(directive)) changes.push(`${place} was ${directive}.`)
    for (const directive of now) {
      if (!directives.has(directive) && !harmless.test(directive)) changes.push(`${place} became ${directive}.`)
    }
  }
  return changes
}

/** By type, or type and field, what of the planned stands there; extensions are the type itself. */
const directivesOf = (sdl: string): Map<string, Set<string>> => {
  const places = new Map<string, Set<string>>()
  const note = (place: string, directives: readonly ConstDirectiveNode[] = []) => {
    const known = places.get(place) ?? new Set()
    places.set(place, known)
    for (const directive of directives) if (planned.has(directive.name.value)) known.add(print(directive))
  }
  visit(parse(sdl), {
    enter(node) {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) return
      note(node.name.value, node.directives)
      for (const field of node.fields ?? []) note(`${node.name.value}.${field.name.value}`, field.directives)
    },
  })
  return places
}
