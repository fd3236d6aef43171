import { operationFromDocument, Supergraph } from '@apollo/federation-internals'
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner'
import type { DocumentNode, GraphQLSchema } from 'graphql'
import { plannerSettings } from '../../limits/plan-guard.js'
import { createTypeTest, type TypeTest } from './type-test.js'

/** Apollo's planner over one supergraph. */
export interface Planner {
  /** Throws what the planner refuses, as the stock executor does. */
  plan(document: DocumentNode, operationName?: string): QueryPlan
  isOf: TypeTest
  /** With what clients do not see. */
  supergraph: GraphQLSchema
}

export function createPlanner(supergraphSdl: string): Planner {
  const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: false })
  const planner = new QueryPlanner(supergraph, plannerSettings)
  const schema = supergraph.apiSchema()
  const whole = supergraph.schema.toGraphQLJSSchema()
  return {
    plan: (document, operationName) =>
      planner.buildQueryPlan(operationFromDocument(schema, document, operationName ? { operationName } : {})),
    isOf: createTypeTest(whole),
    supergraph: whole,
  }
}
