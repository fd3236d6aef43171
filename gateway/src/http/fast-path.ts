import type { IncomingHttpHeaders } from 'node:http'
import type { HTTPGraphQLRequest, HTTPGraphQLResponse } from '@apollo/server'
import type { Log } from '@clientele/kit'
import { LRUCache } from 'lru-cache'
import type { OperationCache } from '../operations/operation-cache.js'
import type { RequestScope } from '../subgraphs/subgraph-client.js'
import type { ServedScope } from './hand-over.js'
import { apolloHeaders } from './request-headers.js'
import type { RequestParameters } from './request-parameters.js'

export interface FastPathRequest {
  method: string
  headers: IncomingHttpHeaders
  /** The parameters of a GET, with their question mark. */
  search: string
  /** The body of a POST. */
  body: RequestParameters | undefined
}

export interface FastPathAnswer {
  status: number
  headers: ReadonlyMap<string, string>
  text: string
}

/** Answers a request that was let in. */
export type FastPath = (request: FastPathRequest, scope: RequestScope) => Promise<FastPathAnswer>

export interface FastPathOptions {
  known: OperationCache
  /** Apollo Server. */
  execute(request: HTTPGraphQLRequest, scope: ServedScope): Promise<HTTPGraphQLResponse>
  log: Log
}

/** Different `Accept` headers that are kept, and how long they may be. */
const kept = { headers: 100, characters: 256 }

/**
 * Answers a cached operation without Apollo Server, which answers all else: what comes for the first time, by GET, with an `Accept` that it
 * has not answered well before, with a fault, or with an error in its answer.
 */
export function createFastPath({ known, execute, log }: FastPathOptions): FastPath {
  /** What Apollo Server puts before good answers, by what the client accepts. */
  const heads = new LRUCache<string, ReadonlyMap<string, string>>({ max: kept.headers })

  return async ({ method, search, body, headers }, scope) => {
    const { accept = '' } = headers
    const head = heads.get(accept)
    const outcome = head && body && (await known.run(body, scope))
    if (head && typeof outcome === 'string') {
      log.debug({ requestId: scope.requestId }, 'cached operation answered')
      return { status: 200, headers: head, text: outcome }
    }

    const request = { method, search, body, headers: apolloHeaders(headers) }
    const reply = await execute(request, typeof outcome === 'function' ? { ...scope, executed: outcome } : scope)
    if (reply.status === undefined && accept.length <= kept.characters) heads.set(accept, reply.headers)
    const text = reply.body.kind === 'complete' ? reply.body.string : ''
    return { status: reply.status ?? 200, headers: reply.headers, text }
  }
}
