import { Invalid } from '@clientele/kit'
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  Lexer,
  type OperationTypeNode,
  parse,
  type SelectionSetNode,
  Source,
  TokenKind,
  visit,
} from 'graphql'

/** What one request may cost before anything is validated or planned. Fragments count as often as they are spread. */
export interface Limits {
  /** Size of the request body, in bytes. */
  bodyBytes: number
  /** Levels of nested fields; introspection is bounded by graphql-js itself. */
  depth: number
  /** Fields with an alias. */
  aliases: number
  /** Lexical tokens of the document as written. */
  tokens: number
  /** Fields in all, after fragments are spread: what the planner has to walk. */
  selections: number
  /** Levels of nested lists and objects in the variables. */
  variableDepth: number
}

export const defaultLimits: Limits = {
  bodyBytes: 256 * 1024,
  depth: 12,
  aliases: 30,
  tokens: 2_000,
  selections: 2_000,
  variableDepth: 32,
}

/** What the gateway has to know of a document before Apollo sees it. */
export interface Inspected {
  operation: OperationTypeNode
  name: string | undefined
  introspects: boolean
  /** Variables that `@skip` and `@include` depend on. */
  conditions: readonly string[]
}

interface Measure {
  depth: number
  aliases: number
  selections: number
  introspects: boolean
}

/** Measures a document. Returns nothing for one that does not parse (graphql-js says where and why); throws `Invalid` when it is over a limit. */
export function inspect(query: string, limits: Limits): Inspected | undefined {
  const tokens = countTokens(query)
  if (tokens === undefined) return undefined
  refuseOver('query.too_many_tokens', 'The query has', tokens, 'tokens', limits.tokens)

  const document = parseOrNothing(query)
  if (!document) return undefined
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  refuseOver('query.too_many_operations', 'The document has', operations.length, 'operations', 1)
  const operation = operations[0]
  if (!operation) throw new Invalid('The document has no operation.', { reason: 'query.no_operation' })

  const found = measureDocument(document, operation.selectionSet)
  refuseOver('query.too_deep', 'The query is', found.depth, 'levels deep', limits.depth)
  refuseOver('query.too_many_aliases', 'The query has', found.aliases, 'aliases', limits.aliases)
  refuseOver('query.too_many_fields', 'The query selects', found.selections, 'fields', limits.selections)
  return {
    operation: operation.operation,
    name: operation.name?.value,
    introspects: found.introspects,
    conditions: conditionsOf(document),
  }
}

/** Remembers the documents that passed, so that a query is measured once; bounded in number and in the size of each. */
export function createInspector(limits: Limits, { documents = 1_000, characters = 16_384 } = {}) {
  const passed = new Map<string, Inspected>()
  return (query: string): Inspected | undefined => {
    const known = passed.get(query)
    if (known) return known
    const inspected = inspect(query, limits)
    if (inspected && query.length <= characters) {
      if (passed.size >= documents) passed.delete(passed.keys().next().value as string)
      passed.set(query, inspected)
    }
    return inspected
  }
}

/** Refuses variables nested so deep that coercing or serializing them would exhaust the stack. */
export function checkVariables(variables: unknown, limits: Limits): void {
  const isNested = (value: unknown): value is object => value !== null && typeof value === 'object'
  let level: object[] = [variables].filter(isNested)
  for (let depth = 0; level.length > 0; depth++) {
    refuseOver('variables.too_deep', 'The variables are', depth, 'levels deep', limits.variableDepth)
    level = level.flatMap((value) => Object.values(value).filter(isNested))
  }
}

function measureDocument(document: DocumentNode, root: SelectionSetNode): Measure {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const nothing: Measure = { depth: 0, aliases: 0, selections: 0, introspects: false }
  const measured = new Map<string, Measure>()

  function measureFragment(name: string): Measure {
    const known = measured.get(name)
    if (known) return known
    measured.set(name, nothing) // a fragment inside itself ends here; validation refuses it
    const fragment = fragments.get(name)
    const result = fragment ? measure(fragment.selectionSet) : nothing
    measured.set(name, result)
    return result
  }

  function measure(set: SelectionSetNode): Measure {
    const total = { ...nothing }
    for (const selection of set.selections) {
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? measureFragment(selection.name.value)
          : selection.selectionSet
            ? measure(selection.selectionSet)
            : nothing
      const field = selection.kind === Kind.FIELD ? selection : undefined
      const introspection = field?.name.value === '__schema' || field?.name.value === '__type'
      total.depth = Math.max(total.depth, introspection ? 1 : inner.depth + (field ? 1 : 0))
      total.aliases += inner.aliases + (field?.alias ? 1 : 0)
      total.selections += inner.selections + (field ? 1 : 0)
      total.introspects ||= inner.introspects || introspection
    }
    return total
  }

  return measure(root)
}

function conditionsOf(document: DocumentNode): string[] {
  const names = new Set<string>()
  visit(document, {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== 'skip' && name.value !== 'include') return
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return [...names]
}

function countTokens(query: string): number | undefined {
  const lexer = new Lexer(new Source(query))
  try {
    let count = 0
    while (lexer.advance().kind !== TokenKind.EOF) count++
    return count
  } catch {
    return undefined
  }
}

function parseOrNothing(query: string): DocumentNode | undefined {
  try {
    return parse(query, { noLocation: true })
  } catch {
    return undefined
  }
}

function refuseOver(reason: string, subject: string, found: number, unit: string, limit: number): void {
  if (found > limit) throw new Invalid(`${subject} ${found} ${unit}; the limit is ${limit}.`, { reason })
}
