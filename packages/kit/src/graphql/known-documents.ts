import { normalizeLine, normalizeText } from '@clientele/contracts'
import {
  type DefinitionNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { Invalid } from '../errors/errors.js'
import { fragmentsOf, openedBy } from './fragments.js'
import { type CheckInput, createInputChecks } from './input-references.js'
import { literalErrors } from './literal-errors.js'
import { readWrittenTexts } from './request-texts.js'

/** A query text as far as it can be understood once for all requests. */
export interface KnownDocument {
  document?: DocumentNode
  errors: readonly GraphQLError[]
  /** The operation that a request means; undefined where there is no such. */
  operation(name?: string): KnownOperation | undefined
}

interface KnownOperation {
  type: OperationTypeNode
  /** The names of its root fields, those in fragments included. */
  rootFields: readonly string[]
  checkInput: CheckInput
}

const most = 1_000

/** Parses and validates each query text once; the least recently used ones are forgotten. */
export const createKnownDocuments = (schema: GraphQLSchema) => {
  const known = new LRUCache<string, KnownDocument>({ max: most })
  const checks = createInputChecks(schema)
  return (query: string): KnownDocument => {
    const entry = known.get(query) ?? read(schema, checks, query)
    known.set(query, entry)
    return entry
  }
}

type InputChecks = ReturnType<typeof createInputChecks>

const read = (schema: GraphQLSchema, checks: InputChecks, query: string): KnownDocument => {
  try {
    const parsed = parse(query, { maxTokens: 20_000 })
    const document = readWrittenTexts(parsed, parsed.definitions.some(isWrite) ? normalizeText : normalizeLine)
    const operations = new Map<string | undefined, KnownOperation>()
    const errors = literalErrors(document, validate(schema, document))
    const operation = (name?: string) => {
      const found = operations.get(name) ?? operationOf(document, checks, name)
      if (found) operations.set(name, found)
      return found
    }
    return { document, errors, operation }
  } catch (error) {
    const told = error instanceof Invalid ? new GraphQLError(error.message, { originalError: error }) : error
    if (told instanceof GraphQLError) return { errors: [told], operation: () => undefined }
    throw error
  }
}

const isWrite = (definition: DefinitionNode) =>
  definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.MUTATION

const operationOf = (document: DocumentNode, checks: InputChecks, name?: string): KnownOperation | undefined => {
  const operation = getOperationAST(document, name)
  if (!operation) return undefined
  const rootFields = new Set<string>()
  const visited = new Set<SelectionSetNode>()
  const fragments = fragmentsOf(document)
  const collect = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        rootFields.add(selection.name.value)
        continue
      }
      const opened = openedBy(selection, fragments)
      if (!opened || visited.has(opened.selectionSet)) continue
      visited.add(opened.selectionSet) // a fragment inside itself ends here; validation refuses it
      collect(opened.selectionSet)
    }
  }
  collect(operation.selectionSet)
  return { type: operation.operation, rootFields: [...rootFields], checkInput: checks(document, operation) }
}
