import { Supergraph } from '@apollo/federation-internals'
import type { Log, Subgraph } from '@clientele/kit'
import { getOperationAST, parse, validate } from 'graphql'
import { createExecutor } from '../src/executor/executor.js'
import { createPlanner } from '../src/executor/plan/planner.js'
import { type RequestScope, SubgraphClient } from '../src/subgraphs/subgraph-client.js'
import { type Case, refusedName } from './audit.js'

/** Who runs an operation; nobody, where it is refused before. */
export type Runner = 'compiled' | 'stock' | 'nobody'

/** Tells who runs an operation, by giving the compiled executor a stock executor that only says that it was called. */
export function createWitness(sdl: string, subgraphs: readonly Subgraph[], log: Log) {
  const schema = Supergraph.build(sdl).apiSchema().toGraphQLJSSchema()
  const clients = new Map(subgraphs.map((subgraph) => [subgraph.name, new SubgraphClient(subgraph, 10_000, log)]))
  let called = false
  const stock = async () => {
    called = true
    return { data: null }
  }
  const { executor } = createExecutor({
    stock,
    planner: createPlanner(sdl),
    clients,
    mostFetches: 1_000,
    mostCharacters: 100_000_000,
  })

  return {
    async runnerOf({ query, variables = {}, errors }: Case, scope: RequestScope): Promise<Runner> {
      const document = parse(query)
      if (errors === refusedName.errors || validate(schema, document).length > 0) return 'nobody'
      called = false
      const context = { document, operation: getOperationAST(document), schema, request: { variables }, context: scope }
      await executor(context as never)
      return called ? 'stock' : 'compiled'
    },
  }
}
