import type { FetchNode, SequenceNode } from '@apollo/query-planner'
import type { FieldSelector, SubgraphResponse } from '@clientele/kit'
import {
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql'
import type { Choice } from '../plan/conditions.js'
import { fetchesOf, type PlannedFetch } from '../plan/planned-fetches.js'
import { type Json, own, type Run } from '../run/run-state.js'
import { BackOff } from './back-off.js'
import { compileSubgraphFetch, type Surroundings } from './subgraph-fetch.js'

/** The client's operation, as far as it says which keys it asks for. */
export interface ClientOperation {
  schema: GraphQLSchema
  operation: OperationDefinitionNode
  select: FieldSelector
}

type Key = (variables: Json) => string | undefined

/**
 * Compiles the sending of what follows the first fetch of a query and needs no more of it than a key which the client gave as the
 * argument `id`. Undefined where nothing is such.
 */
export function compileSpeculativeFetches(
  { nodes }: SequenceNode,
  choice: Choice,
  client: ClientOperation,
  surroundings: Surroundings,
) {
  const [first, second] = nodes
  if (first?.kind !== 'Fetch' || first.requires || first.operationKind !== 'query') return undefined
  const fetches = fetchesOf(second, choice).flatMap((planned) => {
    const typename = entityByKey(planned)
    const key = typename && givenKey(planned.path, typename, client)
    if (!key) return []
    const subgraphFetch = compileSubgraphFetch(planned.fetch, planned.path, surroundings)
    return { fetch: planned.fetch, typename, keyIn: key, subgraphFetch, backOff: new BackOff() }
  })
  if (fetches.length === 0) return undefined
  return (run: Run): void => {
    for (const { fetch, typename, keyIn, subgraphFetch, backOff } of fetches) {
      const key = keyIn(run.variables)
      if (key === undefined || !backOff.isDue()) continue
      const response = subgraphFetch.speculate(run, { representations: [{ __typename: typename, id: key }] })
      run.speculative.set(fetch, { key, response })
      void response.then((answered) => backOff.note(answered !== undefined))
    }
  }
}

/** What was sent before for the representations that prove to be the right ones; undefined where nothing was, or nothing came of it. */
export async function speculativeResponse(
  { speculative }: Run,
  fetch: FetchNode,
  representations: readonly Json[],
): Promise<SubgraphResponse | undefined> {
  const sent = speculative.get(fetch)
  return sent && representations.length === 1 && representations[0]!.id === sent.key ? sent.response : undefined
}

/** The type of the entity that a fetch needs only the id of. */
function entityByKey({ fetch: { requires = [], inputRewrites } }: PlannedFetch): string | undefined {
  const [fragment, ...more] = requires
  if (inputRewrites?.length || more.length > 0 || fragment?.kind !== 'InlineFragment') return undefined
  const needs = fragment.selections.map((each) => (each.kind === 'Field' && !each.selections ? each.name : ''))
  return needs.sort().join() === '__typename,id' ? fragment.typeCondition : undefined
}

/** The argument `id: ID!` of the root field at a path, where that gives an entity of the type. */
function givenKey([root, ...deeper]: readonly string[], typename: string, client: ClientOperation): Key | undefined {
  const { schema, operation, select } = client
  const query = schema.getQueryType()!
  const node = root && deeper.length === 0 && select(query, [operation.selectionSet]).get(root)?.[0]
  const field = node && query.getFields()[node.name.value]
  if (!field || String(field.args.find(({ name }) => name === 'id')?.type) !== 'ID!') return undefined
  const type = getNamedType(field.type)
  if (!isObjectType(type) || type.name !== typename) return undefined
  const given = node.arguments?.find(({ name }) => name.value === 'id')?.value
  if (given?.kind !== Kind.VARIABLE) return () => literal(given)
  const { value: name } = given.name
  const usual = literal(operation.variableDefinitions?.find((each) => each.variable.name.value === name)?.defaultValue)
  return (variables) => {
    const value = own(variables, name)
    return value === undefined
      ? usual
      : typeof value === 'string' || Number.isInteger(value)
        ? String(value)
        : undefined
  }
}

const literal = (value: ValueNode | undefined) =>
  value?.kind === Kind.STRING || value?.kind === Kind.INT ? value.value : undefined
