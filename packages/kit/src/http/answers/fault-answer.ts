import type { GraphQLFormattedError } from 'graphql'
import type { Log } from '../../config/log.js'
import { tellAnswer } from '../../messages/messages.js'
import { headerOf, type RequestHeaders } from '../requests/contract-headers.js'
import { requestIdOf } from '../requests/request-id.js'
import type { SubgraphResponse } from '../transport.js'
import { HttpFault } from './http-fault.js'

/** What a request is answered that never reached GraphQL. What is not the caller's fault is logged and told to nobody. */
export const faultAnswer = (log: Log, error: unknown, headers: RequestHeaders): SubgraphResponse =>
  tellAnswer({ errors: [faultOf(log, error, requestIdOf(headerOf(headers, 'x-request-id')))] }, headers)

function faultOf(log: Log, error: unknown, requestId: string): GraphQLFormattedError {
  if (error instanceof HttpFault) {
    const { message, extensions } = error
    return { message, extensions }
  }
  log.error({ err: error, requestId }, 'request failed')
  return { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL', requestId } }
}
