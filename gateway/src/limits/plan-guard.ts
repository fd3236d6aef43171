import type { GatewayConfig } from '@apollo/gateway'
import { Invalid } from '@clientele/kit'

type PlanningSettings = NonNullable<GatewayConfig['queryPlannerConfig']>
type DidResolvePlan = NonNullable<GatewayConfig['experimental_didResolveQueryPlan']>
type QueryPlan = Parameters<DidResolvePlan>[0]['queryPlan']
type PlanNode = Pick<NonNullable<QueryPlan['node']>, 'kind'> & { node?: PlanNode; nodes?: PlanNode[] }

/**
 * Bounds for the planner itself, behind the limits on documents: how many plans it weighs against each other, and how many ways to one
 * field it follows before it gives up. Named fragments are neither kept nor made: fitting them into each subgraph's query costs more than
 * it saves.
 */
export const plannerSettings: PlanningSettings = {
  reuseQueryFragments: false,
  generateQueryFragments: false,
  debug: { maxEvaluatedPlans: 500, pathsLimit: 500 },
}

/** Refuses to execute a plan of more fetches than one request may make: those that the estimate before planning did not see. */
export function guardPlans(limit: number): DidResolvePlan {
  const counted = new WeakMap<QueryPlan, number>()
  return ({ queryPlan }) => {
    const fetches = counted.get(queryPlan) ?? countFetches(queryPlan.node as PlanNode | undefined)
    counted.set(queryPlan, fetches)
    refuseFetches(fetches, limit)
  }
}

/** Throws `Invalid` `query.too_many_fetches` for more than the limit. */
export function refuseFetches(fetches: number, limit: number): void {
  if (fetches <= limit) return
  const message = `The query needs ${fetches} fetches from services; the limit is ${limit}. Ask for fewer things at once.`
  throw new Invalid(message, { reason: 'query.too_many_fetches', params: { limit } })
}

/** How many fetches a plan has. */
export function countFetches(node: PlanNode | undefined): number {
  if (!node) return 0
  const inner = [...(node.nodes ?? []), ...(node.node ? [node.node] : [])]
  return inner.reduce((sum, child) => sum + countFetches(child), node.kind === 'Fetch' ? 1 : 0)
}
