import { fragmentsOf } from '@clientele/kit'
import { type DocumentNode, Kind, Lexer, type SelectionSetNode, Source, TokenKind, visit } from 'graphql'

/** How large an operation is with its fragments spread; a fragment inside itself ends where it begins, as validation refuses it. */
export interface Size {
  depth: number
  aliases: number
  selections: number
  fragments: number
  directives: number
  /** How often one field stands in one selection set as written: validation compares each with each. */
  repeats: number
  introspects: boolean
}

const nothing: Size = {
  depth: 0,
  aliases: 0,
  selections: 0,
  fragments: 0,
  directives: 0,
  repeats: 0,
  introspects: false,
}

/** Measures an operation of a document. Each fragment is walked once, however often it is spread. */
export function sizeOf(document: DocumentNode, root: SelectionSetNode): Size {
  const fragments = fragmentsOf(document)
  const measured = new Map<string, Size>()

  function sizeOfFragment(name: string): Size {
    const known = measured.get(name)
    if (known) return known
    measured.set(name, nothing)
    const fragment = fragments.get(name)
    const result = fragment ? sizeOfSet(fragment.selectionSet) : nothing
    measured.set(name, result)
    return result
  }

  function sizeOfSet(set: SelectionSetNode): Size {
    const total = { ...nothing, repeats: mostRepeats(set) }
    for (const selection of set.selections) {
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? sizeOfFragment(selection.name.value)
          : selection.selectionSet
            ? sizeOfSet(selection.selectionSet)
            : nothing
      const field = selection.kind === Kind.FIELD ? selection : undefined
      const introspection = field?.name.value === '__schema' || field?.name.value === '__type'
      total.depth = Math.max(total.depth, introspection ? 1 : inner.depth + (field ? 1 : 0))
      total.aliases += inner.aliases + (field?.alias ? 1 : 0)
      total.selections += inner.selections + (field ? 1 : 0)
      total.fragments += inner.fragments + (field ? 0 : 1)
      total.directives += inner.directives + (selection.directives?.length ?? 0)
      total.repeats = Math.max(total.repeats, inner.repeats)
      total.introspects ||= inner.introspects || introspection
    }
    return total
  }

  return sizeOfSet(root)
}

const mostRepeats = ({ selections }: SelectionSetNode) => {
  const counts = new Map<string, number>()
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD) continue
    const key = (selection.alias ?? selection.name).value
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return Math.max(0, ...counts.values())
}

/** What a document writes out: levels of nested lists and objects, characters of strings, directives; and the variables that decide on `@skip` and `@include`. */
export function writtenIn(document: DocumentNode) {
  let depth = 0
  let characters = 0
  let directives = 0
  let level = 0
  const conditions = new Set<string>()
  const nested = {
    enter() {
      level++
      depth = Math.max(depth, level)
    },
    leave() {
      level--
    },
  }
  visit(document, {
    ListValue: nested,
    ObjectValue: nested,
    StringValue({ value }) {
      characters += value.length
    },
    Directive({ name, arguments: given = [] }) {
      directives++
      if (name.value !== 'skip' && name.value !== 'include') return
      for (const { value } of given) {
        if (value.kind === Kind.VARIABLE) conditions.add(value.name.value)
      }
    },
  })
  return { depth, characters, directives, conditions: [...conditions] }
}

/** Lexical tokens, counted up to `most`; nothing for a text that is not made of them. */
export function countTokens(query: string, most: number): number | undefined {
  const lexer = new Lexer(new Source(query))
  try {
    let count = 0
    while (count < most && lexer.advance().kind !== TokenKind.EOF) count++
    return count
  } catch {
    return undefined
  }
}
