import type { FetchNode } from '@apollo/query-planner'
import type { SubgraphResponse } from '@clientele/kit'
import { type DocumentNode, GraphQLError, type GraphQLFormattedError } from 'graphql'
import { pathsOf } from '../../subgraphs/fetch-paths.js'
import type { SubgraphClient, SubgraphOperation } from '../../subgraphs/subgraph-client.js'
import type { TypeTest } from '../plan/type-test.js'
import { type Json, own, type Run } from '../run/run-state.js'
import type { OpaqueKeysOf } from '../text/opaque-keys.js'
import { unpack } from '../text/text.js'
import type { PlanPath } from './entities.js'

/** What the steps of one operation are compiled with. */
export interface Surroundings {
  clients: ReadonlyMap<string, SubgraphClient>
  isOf: TypeTest
  /** The client's operation, for the paths of what a failed fetch leaves empty. */
  client: { document: DocumentNode; operationName?: string }
  opaqueKeys: OpaqueKeysOf
}

/** The client's path of an error whose path is that of the fetch. */
export type ToClientPath = (path: GraphQLFormattedError['path']) => GraphQLFormattedError['path']

/** One fetch of a plan from a subgraph. */
export interface SubgraphFetch {
  /** The data it brings, errors told in the client's terms. A response that is there already is not fetched again. */
  fetch(run: Run, more: Json, toClientPath: ToClientPath, ahead?: SubgraphResponse): Promise<Json | null>
  /** As `SubgraphClient.speculate`. */
  speculate(run: Run, more: Json): Promise<SubgraphResponse | undefined>
}

export function compileSubgraphFetch(node: FetchNode, path: PlanPath, surroundings: Surroundings): SubgraphFetch {
  const { clients, client, opaqueKeys } = surroundings
  const { operation: query, operationName, serviceName, variableUsages = [] } = node
  const subgraph = clients.get(serviceName)
  if (!subgraph) throw new Error(`There is no subgraph ${serviceName}.`)
  const opaque = opaqueKeys(node, path)

  function operationOf({ variables: given, acceptsText }: Run, more: Json): SubgraphOperation {
    const variables: Json = {}
    for (const name of variableUsages) {
      const value = own(given, name)
      if (value !== undefined) variables[name] = value
    }
    Object.assign(variables, more)
    return { query, operationName, variables, acceptsText: acceptsText && opaque !== undefined }
  }

  return {
    async fetch(run, more, toClientPath, ahead) {
      const operation = operationOf(run, more)
      const holes = () => pathsOf({ query, variables: operation.variables, client: { ...client, at: path } })
      const { data, text, errors } = await subgraph.ask(operation, run.scope, holes, ahead)
      for (const { message, path: given, extensions } of errors)
        run.errors.push(
          new GraphQLError(message, { path: toClientPath(given), extensions: { ...extensions, serviceName } }),
        )
      return text && opaque ? unpack(text, opaque) : data
    },
    speculate: (run, more) => subgraph.speculate(operationOf(run, more), run.scope),
  }
}
