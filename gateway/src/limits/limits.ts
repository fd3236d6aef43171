import { adminRole, limits, serviceRole } from '@clientele/contracts'
import { type Because, type InputLimits, Invalid, inputLimits, readWrittenTexts, sizeOfInput } from '@clientele/kit'
import { type DocumentNode, Kind, type OperationTypeNode, parse } from 'graphql'
import { LRUCache } from 'lru-cache'
import { countTokens, sizeOf, writtenIn } from './measure.js'
import type { RoleTable } from './role-table.js'

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
  /** Fragments in all, inline or spread: each may split the planner's way. */
  fragments: number
  /** Directives, such as `@include`, in all. */
  directives: number
  /** How often one field may stand in one selection set. */
  repeats: number
  /** Levels of nested lists and objects among the values that a document writes out. */
  literalDepth: number
  /** Characters of all strings that a document writes out; long texts belong into variables. */
  literalCharacters: number
  /** Levels of nested lists and objects in the variables. */
  variableDepth: number
  /** Entries of one list in the variables. */
  listEntries: number
  /** Values in the variables, each as often as the document refers to it. */
  inputValues: number
  /** Faults in the variables that are told one by one. */
  variableFaults: number
  /** Faults of the document that are told one by one. */
  documentFaults: number
  /** Entries that one page of a list may have. */
  pageSize: number
  /** Fetches from subgraphs that one request may lead to. */
  fetches: number
  /** Characters of an answer's JSON. */
  answerCharacters: number
}

export const defaultLimits: Limits = {
  bodyBytes: limits.requestBytes,
  depth: 12,
  aliases: 30,
  tokens: 2_000,
  selections: 2_000,
  fragments: 200,
  directives: 50,
  repeats: 30,
  literalDepth: 16,
  literalCharacters: 16_384,
  variableDepth: inputLimits.levels,
  listEntries: inputLimits.entries,
  inputValues: inputLimits.values,
  variableFaults: 5,
  documentFaults: 10,
  pageSize: limits.pageSize.most,
  fetches: 150,
  answerCharacters: 8 * 1024 * 1024,
}

/** What one request may cost in the unit of `cost.ts`, by role. */
export const defaultCostBudgets: RoleTable = {
  default: 50_000,
  anonymous: 20_000,
  [adminRole]: 100_000,
  [serviceRole]: 200_000,
}

/** What the gateway has to know of a document before Apollo sees it. */
export interface Inspected {
  operation: OperationTypeNode
  name: string | undefined
  introspects: boolean
  /** Variables that `@skip` and `@include` depend on. */
  conditions: readonly string[]
}

/** Measures a document. Returns nothing for one that does not parse (graphql-js says where and why); throws `Invalid` when it is over a limit. */
export function inspect(query: string, limits: Limits): Inspected | undefined {
  // Lexing goes on for the number in the message, but not for as long as the sender likes.
  const tokens = countTokens(query, 10 * limits.tokens)
  if (tokens === undefined) return undefined
  refuseOver('query.too_many_tokens', 'The query has', tokens, 'tokens', limits.tokens)

  const document = parseOrNothing(query)
  if (!document) return undefined
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  refuseOver('query.too_many_operations', 'The document has', operations.length, 'operations', 1)
  const operation = operations[0]
  if (!operation) throw new Invalid('The document has no operation.', { reason: 'query.no_operation' })

  readWrittenTexts(document)
  const written = writtenIn(document)
  refuseOver('query.literal_too_deep', 'A value in the query is', written.depth, 'levels deep', limits.literalDepth)
  refuseOver(
    'query.literal_too_long',
    'The strings in the query have',
    written.characters,
    'characters',
    limits.literalCharacters,
  )
  const found = sizeOf(document, operation.selectionSet)
  refuseOver('query.too_deep', 'The query is', found.depth, 'levels deep', limits.depth)
  refuseOver('query.too_many_aliases', 'The query has', found.aliases, 'aliases', limits.aliases)
  refuseOver('query.too_many_fields', 'The query selects', found.selections, 'fields', limits.selections)
  refuseOver('query.too_many_fragments', 'The query spreads', found.fragments, 'fragments', limits.fragments)
  refuseOver('query.too_many_repeats', 'The query repeats a field', found.repeats, 'times', limits.repeats)
  const directives = Math.max(found.directives, written.directives)
  refuseOver('query.too_many_directives', 'The query has', directives, 'directives', limits.directives)
  return {
    operation: operation.operation,
    name: operation.name?.value,
    introspects: found.introspects,
    conditions: written.conditions,
  }
}

/** Remembers the documents that passed, so that a query is measured once; bounded in number and in the size of each. */
export function createInspector(limits: Limits, { documents = 1_000, characters = 16_384 } = {}) {
  const passed = new LRUCache<string, Inspected>({ max: documents })
  return (query: string): Inspected | undefined => {
    const known = passed.get(query)
    if (known) return known
    const inspected = inspect(query, limits)
    if (inspected && query.length <= characters) passed.set(query, inspected)
    return inspected
  }
}

/** What variables may be, by the limits of the kit. */
export const inputLimitsOf = ({ variableDepth, listEntries, inputValues }: Limits): InputLimits => ({
  levels: variableDepth,
  entries: listEntries,
  values: inputValues,
})

/** Refuses variables that are too large to be read: nested too deep, with too long a list, or with too many values. */
export function checkVariables(variables: unknown, limits: Limits): void {
  sizeOfInput(variables, inputLimitsOf(limits))
}

function parseOrNothing(query: string): DocumentNode | undefined {
  try {
    return parse(query, { noLocation: true })
  } catch {
    return undefined
  }
}

type OverLimit = Extract<Because, { params: { limit: number } }>['reason']

function refuseOver(reason: OverLimit, subject: string, found: number, unit: string, limit: number): void {
  if (found > limit)
    throw new Invalid(`${subject} ${found} ${unit}; the limit is ${limit}.`, { reason, params: { limit } })
}
