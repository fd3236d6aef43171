import type { ReadRequest } from '@clientele/kit'
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  Kind,
  OperationTypeNode,
} from 'graphql'
import { idOf } from './by-id.js'
import { NotMappable } from './not-mappable.js'
import { readVariables } from './places.js'
import { collect } from './selection.js'

/** What a statement is compiled from: nothing in it is a value of the request. */
export interface Form {
  fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** Variables with places for values. */
  variables: Record<string, unknown>
  roots: ReadonlyMap<string, readonly FieldNode[]>
  /** The type of the entities that are asked for by their keys, and whether there may be many. */
  references: { type: string; isMany: boolean } | undefined
}

/** A request as it is read. */
export interface Operation {
  form: Form
  /** Values of the variables. */
  values: Record<string, unknown>
  /** The ids of the entities that are asked for by their keys. */
  wanted: readonly string[] | undefined
}

export const readOperation = (schema: GraphQLSchema, request: ReadRequest): Operation => {
  const operation = getOperationAST(request.document, request.operationName)
  if (operation?.operation !== OperationTypeNode.QUERY) throw new NotMappable('no query')
  const { values, form: variables } = readVariables(schema, operation, request.variables ?? {})
  const fragments = fragmentsOf(request.document)
  const query = schema.getQueryType()!
  const roots = collect({ schema, fragments, variables }, query, [operation.selectionSet])
  const [nodes, ...others] = roots.values()
  if (nodes?.[0]?.name.value !== '_entities') {
    return { form: { fragments, variables, roots, references: undefined }, values, wanted: undefined }
  }
  if (others.length) throw new NotMappable('entities beside something else')
  const { representations } = getArgumentValues(query.getFields()._entities!, nodes[0], values)
  const { type, wanted } = wantedBy(representations as readonly Representation[])
  return { form: { fragments, variables, roots, references: { type, isMany: wanted.length !== 1 } }, values, wanted }
}

interface Representation {
  __typename?: unknown
  id?: unknown
}

const wantedBy = (representations: readonly Representation[]) => {
  const type = representations[0]?.__typename
  if (typeof type !== 'string' || representations.some((each) => each.__typename !== type)) {
    throw new NotMappable('entities of several types')
  }
  return { type, wanted: representations.map(({ id }) => keyOf(id)) }
}

/** The ordinary resolvers show the id of a stub as it was given. */
const keyOf = (given: unknown) => {
  const id = idOf(given)
  if (id !== id.toLowerCase()) throw new NotMappable('an id in capitals')
  return id
}

const known = new WeakMap<DocumentNode, ReadonlyMap<string, FragmentDefinitionNode>>()

const fragmentsOf = (document: DocumentNode) => {
  const before = known.get(document)
  if (before) return before
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION)
  const byName = new Map(fragments.map((each) => [each.name.value, each]))
  known.set(document, byName)
  return byName
}
