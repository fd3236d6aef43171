import { type Fragments, fragmentsOf, type ReadRequest, type SelectedFields } from '@clientele/kit'
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql'
import { idOf } from '../reads/by-id.js'
import { readVariables, shapeOfKeys } from '../requests/variable-references.js'
import { NotMappable } from './not-mappable.js'
import { selectorOf } from './selection.js'

/** What a statement is compiled from: nothing in it is a value of the request. */
export interface OperationShape {
  fragments: Fragments
  /** Variables with references in the stead of values. */
  variables: Record<string, unknown>
  roots: SelectedFields
  /** The type of the entities that are asked for by their keys, and whether there may be many. */
  references: { type: string; isMany: boolean } | undefined
}

/** A request as it is read. */
export interface Operation {
  shape: OperationShape
  /** Values of the variables. */
  values: Record<string, unknown>
  /** The ids of the entities that are asked for by their keys. */
  wanted: readonly string[] | undefined
}

export const readOperation = (schema: GraphQLSchema, request: ReadRequest): Operation => {
  const known = knownOf(request)
  const { definition, fragments } = known
  const { values, shape: variables } = readVariables(schema, definition, request.variables ?? {})
  const query = schema.getQueryType()!
  const select = () => selectorOf({ schema, fragments, variables })(query, [definition.selectionSet])
  if (variables === shapeOfKeys) known.rootsByKeys ??= select()
  const roots = variables === shapeOfKeys ? known.rootsByKeys! : select()
  const [nodes, ...others] = roots.values()
  if (nodes?.[0]?.name.value !== '_entities') {
    return { shape: { fragments, variables, roots, references: undefined }, values, wanted: undefined }
  }
  if (others.length) throw new NotMappable('entities beside something else')
  const { type, wanted } = wantedBy(representationsOf(schema, nodes[0], values))
  return { shape: { fragments, variables, roots, references: { type, isMany: wanted.length !== 1 } }, values, wanted }
}

/** Differs between shapes of one document's operation whose statements may differ. */
export const shapeKey = ({ references, variables }: OperationShape): string => {
  const given = variables === shapeOfKeys ? 'keys' : JSON.stringify(variables)
  return references ? `${references.type} ${references.isMany} ${given}` : given
}

interface Representation {
  __typename?: unknown
  id?: unknown
}

const representationsOf = (schema: GraphQLSchema, node: FieldNode, values: Operation['values']) => {
  const given = node.arguments?.[0]?.value
  const { representations } =
    given?.kind === Kind.VARIABLE && given.name.value in values
      ? { representations: values[given.name.value] }
      : getArgumentValues(schema.getQueryType()!.getFields()._entities!, node, values)
  return representations as readonly Representation[]
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

/** What all requests for an operation of a document have in common. */
interface Known {
  definition: OperationDefinitionNode
  fragments: OperationShape['fragments']
  /** What it selects when it is given keys and nothing else. */
  rootsByKeys?: OperationShape['roots']
}

const known = new WeakMap<DocumentNode, Map<string | undefined, Known>>()

const knownOf = ({ document, operationName }: ReadRequest): Known => {
  const operations = known.get(document) ?? new Map<string | undefined, Known>()
  const before = operations.get(operationName)
  if (before) return before
  const definition = getOperationAST(document, operationName)
  if (definition?.operation !== OperationTypeNode.QUERY) throw new NotMappable('no query')
  const found = { definition, fragments: fragmentsOf(document) }
  known.set(document, operations.set(operationName, found))
  return found
}
