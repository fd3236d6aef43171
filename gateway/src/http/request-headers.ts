import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { HeaderMap } from '@apollo/server'
import { type ContractHeader, clientHeaders, currentTraceparent, handedOnHeaders } from '@clientele/kit'

/** The caller's request id where it is fit to be logged, else a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID()
}

/** The headers that subgraphs get; everything else stays at the gateway. Where the request comes from is told by the gateway alone. */
export function forwardedHeaders(
  headers: IncomingHttpHeaders,
  requestId: string,
  address: string,
): Record<string, string> {
  const result: Record<string, string> = {}
  for (const name of handedOnHeaders) {
    const value = headers[name]
    if (typeof value === 'string') result[name] = value
  }
  const traceparent = currentTraceparent()
  const ours: Partial<Record<ContractHeader, string>> = {
    'x-request-id': requestId,
    'x-clientele-address': address,
    ...(traceparent && { traceparent }),
  }
  return Object.assign(result, ours)
}

/** Node's headers as Apollo Server wants them. */
export function apolloHeaders(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap()
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return map
}

const allowedHeaders = [...clientHeaders, 'content-type', 'apollo-require-preflight'].join(', ')

/** Tells browsers of the listed origins that they may call; others get no such header and refuse by themselves. */
export function setCorsHeaders(request: IncomingMessage, response: ServerResponse, origins: readonly string[]): void {
  if (origins.length > 0) response.setHeader('vary', 'Origin')
  const { origin } = request.headers
  if (origin === undefined || !origins.includes(origin)) return
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-expose-headers', 'x-request-id, retry-after')
  if (request.method !== 'OPTIONS') return
  response.setHeader('access-control-allow-methods', 'GET, POST')
  response.setHeader('access-control-allow-headers', allowedHeaders)
  response.setHeader('access-control-max-age', '600')
}
