import type { IncomingMessage } from 'node:http'
import { HttpFault } from '../answers/http-fault.js'
import type { SubgraphRequest } from '../transport.js'
import { parseBody, readBody } from './request-body.js'

/** Of a request's body: a gateway asks a subgraph for more at once than a client may send to a gateway. */
export const mostBodyBytes = 1_048_576

/** The part of a GraphQL request that travels in the body. */
export type GraphQLBody = Pick<SubgraphRequest, 'query' | 'operationName' | 'variables'>

/**
 * Reads one GraphQL operation of at most 1 MiB.
 * @throws HttpFault as `readBody`, `parseBody` and `operationIn`
 */
export const readGraphQL = async (request: IncomingMessage): Promise<GraphQLBody> =>
  operationIn(parseBody(await readBody(request, mostBodyBytes)))

/**
 * The operation in a body.
 * @throws HttpFault 400 `request.invalid`
 */
export function operationIn({ query, operationName, variables }: Record<string, unknown>): GraphQLBody {
  if (typeof query !== 'string' || query === '')
    throw invalid('query', 'The body has no "query" with the operation in it.')
  if (operationName != null && typeof operationName !== 'string')
    throw invalid('operationName', '"operationName" must be a string.')
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) {
    throw invalid('variables', '"variables" must be an object.')
  }
  return {
    query,
    ...(operationName != null && { operationName }),
    ...(variables != null && { variables: variables as Record<string, unknown> }),
  }
}

const invalid = (part: string, message: string) =>
  new HttpFault(400, 'INVALID', message, { reason: 'request.invalid', params: { part } })
