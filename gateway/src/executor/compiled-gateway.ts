import type { ApolloGateway } from '@apollo/gateway'
import type { SubgraphClient } from '../subgraphs/subgraph-client.js'
import { createExecutor, type Executor } from './executor.js'
import { createPlanner } from './plan/planner.js'

export interface CompiledGatewayOptions {
  supergraphSdl: string
  clients: ReadonlyMap<string, SubgraphClient>
  /** How many fetches one request may make. */
  mostFetches: number
  /** How many characters an answer may have. */
  mostCharacters: number
}

/** What Apollo Server needs of a gateway. */
export type Gateway = Pick<ApolloGateway, 'onSchemaLoadOrUpdate' | 'stop'> & {
  load(...options: Parameters<ApolloGateway['load']>): Promise<{ executor: Executor['executor'] | null }>
}

/** The gateway with our executor before its own. It loads the schema and runs what ours leaves to it. */
export interface CompiledGateway extends Gateway {
  /** As the executor's; undefined also before the gateway is loaded. */
  prepare: Executor['prepare']
}

export function compiledGateway(stock: ApolloGateway, o: CompiledGatewayOptions): CompiledGateway {
  let loaded: Executor | undefined
  return {
    onSchemaLoadOrUpdate: (callback) => stock.onSchemaLoadOrUpdate(callback),
    stop: () => stock.stop(),
    async load(options) {
      const { executor } = await stock.load(options)
      loaded = createExecutor({ ...o, planner: createPlanner(o.supergraphSdl), stock: executor })
      return { executor: loaded.executor }
    },
    prepare: (...operation) => loaded?.prepare(...operation),
  }
}
