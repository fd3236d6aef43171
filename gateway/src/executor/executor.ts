import type { ApolloGateway } from '@apollo/gateway'
import { GraphQLError, getVariableValues, type OperationDefinitionNode } from 'graphql'
import { refuseFetches } from '../plan-guard.js'
import type { RequestScope } from '../subgraph-client.js'
import { type Materials, type PreparedOperation, type Program, prepareOperation } from './prepared-operation.js'
import { Recent } from './recent.js'
import type { Json, Run } from './run.js'

export type Executor = ApolloGateway['executor']
type Result = Awaited<ReturnType<Executor>>

export interface ExecutorOptions extends Omit<Materials, 'schema'> {
  /** Runs what is not compiled here. */
  stock: Executor
  /** How many fetches one request may make. */
  mostFetches: number
}

/** Operations that are kept compiled. */
const keptOperations = 1_000

/** Executes operations on compiled plans. Throws `Invalid` for a plan of too many fetches, and what the planner refuses. */
export function createExecutor({ stock, mostFetches, planner, clients }: ExecutorOptions): Executor {
  // Documents are parsed once and kept by Apollo Server, so an operation is the same object each time it comes.
  const prepared = new Recent<OperationDefinitionNode, PreparedOperation | 'stock'>(keptOperations)

  return async (context) => {
    const { operation, document, schema, request } = context
    if (!operation) return stock(context)
    const variables = request.variables ?? {}
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables)
    if (errors) return { errors }

    const known = prepared.get(operation, () => prepareOperation(document, operation, { schema, planner, clients }))
    if (known === 'stock') return stock(context)
    refuseFetches(known.fetches, mostFetches)
    const program = known.programFor(variables)
    return program ? execute(program, variables, context.context as RequestScope) : stock(context)
  }
}

async function execute({ fetch, shape }: Program, variables: Json, scope: RequestScope): Promise<Result> {
  const run: Run = { variables, scope, data: {}, errors: [] }
  await fetch(run)
  try {
    const { data, faults } = shape(run.data)
    if (run.errors.length > 0) return { data, errors: run.errors }
    // As the stock executor has it: without another error, what breaks the schema is told aside.
    return faults.length > 0 ? { data, extensions: { valueCompletion: faults } } : { data }
  } catch (cause) {
    return { errors: [new GraphQLError((cause as Error).message, { originalError: cause as Error })] }
  }
}
