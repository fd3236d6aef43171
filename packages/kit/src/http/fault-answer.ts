import type { Log } from '../config/log.js'
import { HttpFault } from './http-body.js'
import type { SubgraphResponse } from './transport.js'

/** What a request is answered that never reached GraphQL. What is not the caller's fault is logged and told to nobody. */
export function faultAnswer(log: Log, error: unknown, requestId: string): SubgraphResponse {
  if (error instanceof HttpFault) {
    const { message, extensions } = error.shown
    return { errors: [{ message, extensions }] }
  }
  log.error({ err: error, requestId }, 'request failed')
  return { errors: [{ message: 'Something went wrong here.', extensions: { code: 'INTERNAL', requestId } }] }
}
