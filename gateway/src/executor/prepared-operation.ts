import type { QueryPlan } from '@apollo/query-planner'
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { LRUCache } from 'lru-cache'
import { countFetches } from '../limits/plan-guard.js'
import type { SubgraphClient } from '../subgraphs/subgraph-client.js'
import { type Choice, choiceOf, conditionsOf, keyOf } from './plan/conditions.js'
import { compilePlan } from './plan/plan-step.js'
import type { Planner } from './plan/planner.js'
import { isOurs, isRunnable } from './plan/runnable.js'
import type { Json, Step } from './run/run-state.js'
import { compileResponseShape, type ResponseShape } from './shape/response-shape.js'
import { selectorOf } from './shape/selected-fields.js'
import { findOpaqueKeys } from './text/opaque-keys.js'

/** What runs for every request with the same operation and the same choice of its conditions. */
export interface Program {
  fetch: Step
  shape: ResponseShape
}

export interface PreparedOperation {
  /** How many fetches the plan has. */
  fetches: number
  /** The program for a request's variables, or nothing where they leave a condition open. */
  programFor(variables: Json): Program | undefined
}

export interface Materials {
  schema: GraphQLSchema
  planner: Planner
  clients: ReadonlyMap<string, SubgraphClient>
  /** How many characters an answer may have. */
  mostCharacters: number
}

/** Combinations of conditions that are kept compiled for one operation. */
const keptPrograms = 32

/** Plans an operation, or says that it is for the stock executor. Throws what the planner refuses. */
export function prepareOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  materials: Materials,
): PreparedOperation | 'stock' {
  if (!isOurs(document, operation)) return 'stock'
  const plan = materials.planner.plan(document, operation.name?.value)
  if (!isRunnable(plan)) return 'stock'
  const conditions = conditionsOf(document, operation)
  const programs = new LRUCache<string, Program>({ max: keptPrograms })
  const programOf = (choice: Choice): Program => {
    const key = keyOf(choice)
    const program = programs.get(key) ?? compile(plan, document, operation, choice, materials)
    programs.set(key, program)
    return program
  }
  return {
    fetches: countFetches(plan.node as Parameters<typeof countFetches>[0]),
    programFor(variables) {
      const choice = choiceOf(conditions, variables)
      return choice && programOf(choice)
    },
  }
}

function compile(
  { node }: QueryPlan,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  choice: Choice,
  { schema, planner, clients, mostCharacters }: Materials,
): Program {
  if (node?.kind === 'Subscription') throw new Error('A subscription is not run here.')
  const name = operation.name?.value
  const client = { document, ...(name && { operationName: name }) }
  const select = selectorOf(schema, document, choice)
  const { isOf, supergraph } = planner
  const opaqueKeys = findOpaqueKeys(node, choice, { schema, supergraph, operation, select })
  return {
    fetch: compilePlan(node, choice, { schema, operation, select }, { clients, isOf, client, opaqueKeys }),
    shape: compileResponseShape({
      schema,
      select,
      operation: operation.operation,
      sets: [operation.selectionSet],
      mostCharacters,
    }),
  }
}
