import type { ApolloGateway } from '@apollo/gateway'
import { variableErrors } from '@clientele/kit'
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { LRUCache } from 'lru-cache'
import { refuseFetches } from '../limits/plan-guard.js'
import type { RequestScope } from '../subgraphs/subgraph-client.js'
import { type Materials, type PreparedOperation, prepareOperation } from './prepared-operation.js'
import { type Answer, answer, execute } from './run/run-plan.js'
import type { Json } from './run/run-state.js'

export type { Answer }

type StockExecutor = ApolloGateway['executor']

export interface ExecutorOptions extends Omit<Materials, 'schema'> {
  /** Runs what is not compiled here. */
  stock: StockExecutor
  /** How many fetches one request may make. */
  mostFetches: number
  /** How many characters an answer may have. */
  mostCharacters: number
}

/** An operation that is compiled. It keeps nothing of a request. */
export interface AnswerableOperation {
  /** Answers one request; undefined where its variables leave a condition open, which is for `executor`. Variables of a wrong type are told as errors. */
  answer(variables: Json, scope: RequestScope): Promise<Answer> | undefined
}

export interface Executor {
  /** For Apollo Server; runs everything. Throws as `prepare` does. */
  executor: StockExecutor
  /**
   * A validated operation, to be answered again and again; undefined where it is left to the stock executor. The document must be the same
   * object each time, and the schema the one that clients see. Throws `Invalid` for a plan of too many fetches, and what the planner refuses.
   */
  prepare(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    schema: GraphQLSchema,
  ): AnswerableOperation | undefined
}

/** Operations that are kept compiled. */
const keptOperations = 1_000

/** Executes operations on compiled plans. */
export function createExecutor({ stock, mostFetches, ...materials }: ExecutorOptions): Executor {
  // Documents are parsed once and kept by who asks, so an operation is the same object each time it comes.
  const prepared = new LRUCache<OperationDefinitionNode, PreparedOperation | 'stock'>({ max: keptOperations })

  function prepare(document: DocumentNode, operation: OperationDefinitionNode, schema: GraphQLSchema) {
    const known = prepared.get(operation) ?? prepareOperation(document, operation, { schema, ...materials })
    prepared.set(operation, known)
    if (known === 'stock') return undefined
    refuseFetches(known.fetches, mostFetches)
    return known
  }

  return {
    async executor(context) {
      const { operation, document, schema, request } = context
      if (!operation) return stock(context)
      const variables = request.variables ?? {}
      const errors = variableErrors(schema, operation, variables)
      if (errors) return { errors }
      const program = prepare(document, operation, schema)?.programFor(variables)
      return program ? execute(program, variables, context.context as RequestScope) : stock(context)
    },
    prepare(document, operation, schema) {
      const known = prepare(document, operation, schema)
      return (
        known && {
          answer(variables, scope) {
            const errors = variableErrors(schema, operation, variables)
            if (errors) return Promise.resolve({ errors })
            const program = known.programFor(variables)
            return program && answer(program, variables, scope)
          },
        }
      )
    },
  }
}
