import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server'
import { LRUCache } from 'lru-cache'
import type { AnswerableOperation, Executor } from '../executor/executor.js'
import type { Executed, ServedScope } from '../http/hand-over.js'
import type { RequestParameters } from '../http/request-parameters.js'
import type { CostWithin, Operation } from '../limits/cost-within-budget.js'
import type { RequestScope } from '../subgraphs/subgraph-client.js'
import type { Variables } from './by-variables.js'

export interface OperationCache {
  /** Learns what Apollo Server has executed: it parses, is valid, and was found within the limits. */
  plugin: ApolloServerPlugin<ServedScope>
  /** Runs a cached operation, up to the text of its answer if nothing went wrong; undefined, and nothing has run, where Apollo Server has to look at the request. */
  run(parameters: RequestParameters, scope: RequestScope): Promise<string | Executed | undefined>
}

export interface OperationCacheOptions {
  /** How many operations are kept; 0 for none. */
  limit: number
  prepare: Executor['prepare']
  costWithin: CostWithin
}

/** Longer documents are not kept. */
const mostCharacters = 16_384

interface Known extends Operation {
  answer: AnswerableOperation['answer']
}

/**
 * Operations by their text, which is checked and prepared once. All that depends on who asks, and with what, is checked anew for each
 * request: variables, cost and budget here, the rest before.
 */
export function createOperationCache({ limit, prepare, costWithin }: OperationCacheOptions): OperationCache {
  const known = limit > 0 ? new LRUCache<string, Known>({ max: limit }) : undefined

  function learn({ source = '', document, operation, schema, response }: GraphQLRequestContext<ServedScope>): void {
    const ran = response.body?.kind === 'single' && response.body.singleResult.data !== undefined
    if (!ran || !document || !operation || source.length > mostCharacters || !known || known.has(source)) return
    const prepared = prepare(document, operation, schema)
    if (prepared) known.set(source, { ...prepared, document, operation, schema })
  }

  /** What is wrong with a request is left to Apollo Server to tell. */
  function costOrNothing(operation: Operation, variables: Variables, budget: number): number | undefined {
    try {
      return costWithin(operation, variables, budget)
    } catch {
      return undefined
    }
  }

  return {
    plugin: {
      requestDidStart: async () => ({
        executionDidStart: async (context) => ({
          async executionDidEnd(error) {
            if (!error) learn(context)
          },
        }),
      }),
    },
    async run(parameters, scope) {
      const operation = typeof parameters.query === 'string' ? known?.get(parameters.query) : undefined
      if (!operation || !isPlain(parameters, operation)) return undefined
      const variables = (parameters.variables ?? {}) as Record<string, unknown>
      const { budget, tellCost } = scope
      const cost = costOrNothing(operation, variables, budget)
      if (cost === undefined) return undefined
      await scope.weigh?.(cost)
      try {
        const answer = await operation.answer(variables, scope)
        if (!answer) return undefined
        if (!('text' in answer)) return () => answer
        return textOf(answer.text, tellCost ? { cost: { cost, budget } } : undefined)
      } catch (error) {
        return () => {
          throw error
        }
      }
    },
  }
}

/** Whether there is nothing about a request that Apollo Server would refuse or do otherwise. */
function isPlain({ operationName, variables, extensions }: RequestParameters, { operation }: Operation): boolean {
  if (operationName !== undefined && operationName !== null && operationName !== operation.name?.value) return false
  if (!isObjectOrNothing(variables) || !isObjectOrNothing(extensions)) return false
  return !(extensions && 'persistedQuery' in extensions)
}

const isObjectOrNothing = (value: unknown): value is object | null | undefined =>
  value === undefined || (typeof value === 'object' && !Array.isArray(value))

/** As Apollo Server writes it. */
const textOf = (text: string, extensions: object | undefined): string =>
  extensions ? `${text.slice(0, -1)},"extensions":${JSON.stringify(extensions)}}\n` : `${text}\n`
