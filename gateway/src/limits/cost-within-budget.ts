import type { ApolloServerPlugin } from '@apollo/server'
import { createInputChecks, Invalid } from '@clientele/kit'
import {
  coerceInputValue,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql'
import type { Variables } from '../operations/by-variables.js'
import type { RequestScope } from '../subgraphs/subgraph-client.js'
import { priceOf } from './cost.js'
import { dearestFields } from './dearest-fields.js'
import { declaredCostsOf } from './declared-costs.js'
import { createFetchEstimate } from './fetch-estimate.js'
import { inputLimitsOf, type Limits } from './limits.js'
import { refuseFetches } from './plan-guard.js'

/** A validated operation of the supergraph that is served. */
export interface Operation {
  schema: GraphQLSchema
  document: DocumentNode
  operation: OperationDefinitionNode
}

/** What an operation costs with the variables of a request. Throws `Invalid` where that is over a limit or the budget. */
export type CostWithin = (operation: Operation, variables: Variables, budget: number) => number

/**
 * What can be limited only with the schema at hand, after validation and before planning: what is made of the variables and faults in them,
 * the size of pages, what the operation costs, and how often subgraphs have to be asked.
 */
export function createCostWithin(limits: Limits, supergraphSdl: string): CostWithin {
  const declared = declaredCostsOf(supergraphSdl)
  const fetchesOf = createFetchEstimate(supergraphSdl)
  const inputChecksOf = perSchema((schema) => createInputChecks(schema, inputLimitsOf(limits)))
  const checkInputOf = perOperation(({ schema, document, operation }) => inputChecksOf(schema)(document, operation))
  const inputsOf = perOperation(declaredInputs)
  const pricesOf = perOperation((operation) => priceOf({ ...operation, pageSize: limits.pageSize, declared }))

  return (operation, variables, budget) => {
    checkInputOf(operation)(variables)
    refuseFloodOfFaults(inputsOf(operation), variables, limits.variableFaults)
    const cost = pricesOf(operation)(variables)
    if (cost > budget) {
      const message = `The query costs ${cost}; the budget is ${budget}. Ask for smaller pages or fewer fields.`
      const fields = dearestFields({ ...operation, pageSize: limits.pageSize, declared }, variables)
      throw new Invalid(message, {
        reason: 'query.too_costly',
        params: { cost, budget },
        fields: fields.map(({ path, cost }) => ({
          path,
          reason: 'query.costly_field',
          message: `costs ${cost}`,
          params: { cost },
        })),
      })
    }
    refuseFetches(fetchesOf(operation.schema, operation.document, operation.operation), limits.fetches)
    return cost
  }
}

/** Holds each operation to its limits, and tells the cost to those who ask for it. */
export function operationLimits(costWithin: CostWithin): ApolloServerPlugin<RequestScope> {
  return {
    async requestDidStart() {
      let cost: number | undefined
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue: { budget, weigh } }) {
          if (!operation) return
          cost = costWithin({ schema, document, operation }, request.variables ?? {}, budget)
          await weigh?.(cost)
        },
        async willSendResponse({ response: { body }, contextValue: { budget, tellCost } }) {
          if (!tellCost || cost === undefined || body.kind !== 'single') return
          body.singleResult.extensions = { ...body.singleResult.extensions, cost: { cost, budget } }
        },
      }
    },
  }
}

const perSchema = <T>(make: (schema: GraphQLSchema) => T) => onceFor((schema: GraphQLSchema) => schema, make)

const perOperation = <T>(make: (operation: Operation) => T) => onceFor(({ operation }: Operation) => operation, make)

/** Makes what a thing needs once, for as long as the thing is there. */
function onceFor<Given, T>(keyOf: (given: Given) => object, make: (given: Given) => T): (given: Given) => T {
  const made = new WeakMap<object, T>()
  return (given) => {
    const key = keyOf(given)
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(given)
    made.set(key, value)
    return value
  }
}

type Inputs = readonly { name: string; type: GraphQLInputType }[]

const declaredInputs = ({ schema, operation: { variableDefinitions = [] } }: Operation): Inputs =>
  variableDefinitions.flatMap(({ variable, type: node }) => {
    const type = typeFromAST(schema, node)
    return isInputType(type) ? { name: variable.name.value, type } : []
  })

/**
 * The gateway tells all faults of the variables, and with each the whole value that it lies in: thousands of faults in an object of thousands
 * of keys keep it busy for a minute. A few are left to it.
 */
function refuseFloodOfFaults(inputs: Inputs, variables: Variables, most: number): void {
  let found = 0
  for (const { name, type } of inputs) {
    if (!Object.hasOwn(variables, name)) continue
    const count = (path: readonly (string | number)[]) => {
      if (++found <= most) return
      const place = [name, ...path].join('.')
      throw new Invalid(`The variables have more than ${most} faults, one of them at ${place}.`, {
        reason: 'variables.invalid',
        params: { at: place },
      })
    }
    coerceInputValue(variables[name], type, count, true)
  }
}
