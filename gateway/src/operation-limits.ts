import type { ApolloServerPlugin } from '@apollo/server'
import { Invalid } from '@clientele/kit'
import { coerceInputValue, type GraphQLSchema, isInputType, type OperationDefinitionNode, typeFromAST } from 'graphql'
import { costOf } from './cost.js'
import { createFetchEstimate } from './fetch-estimate.js'
import type { Limits } from './limits.js'
import { refuseFetches } from './plan-guard.js'
import type { RequestScope } from './subgraph-client.js'

/**
 * What can be limited only with the schema at hand, after validation and before planning: faults in the variables, the size of pages,
 * what the operation costs, and how often subgraphs have to be asked. Tells the cost to those who ask for it.
 */
export function operationLimits(limits: Limits, supergraphSdl: string): ApolloServerPlugin<RequestScope> {
  const fetchesOf = createFetchEstimate(supergraphSdl)
  return {
    async requestDidStart() {
      let cost: number | undefined
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue: { budget } }) {
          if (!operation) return
          const { variables = {} } = request
          refuseFloodOfFaults(schema, operation, variables, limits.variableFaults)
          cost = costOf({ document, operation, variables, schema, pageSize: limits.pageSize })
          if (cost > budget) {
            const message = `The query costs ${cost}; the budget is ${budget}. Ask for smaller pages or fewer fields.`
            throw new Invalid(message, { reason: 'query.too_costly' })
          }
          refuseFetches(fetchesOf(schema, document, operation), limits.fetches)
        },
        async willSendResponse({ response: { body }, contextValue: { budget, tellCost } }) {
          if (!tellCost || cost === undefined || body.kind !== 'single') return
          body.singleResult.extensions = { ...body.singleResult.extensions, cost: { cost, budget } }
        },
      }
    },
  }
}

/**
 * The gateway tells all faults of the variables, and with each the whole value that it lies in: thousands of faults in an object of thousands
 * of keys keep it busy for a minute. A few are left to it.
 */
function refuseFloodOfFaults(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Record<string, unknown>,
  most: number,
): void {
  let found = 0
  for (const { variable, type } of variableDefinitions) {
    const { value: name } = variable.name
    const inputType = typeFromAST(schema, type)
    if (!isInputType(inputType) || !Object.hasOwn(variables, name)) continue
    const count = (path: readonly (string | number)[]) => {
      if (++found <= most) return
      const place = [name, ...path].join('.')
      throw new Invalid(`The variables have more than ${most} faults, one of them at ${place}.`, {
        reason: 'variables.invalid',
      })
    }
    coerceInputValue(variables[name], inputType, count, true)
  }
}
