import type { ServerResponse } from 'node:http'

/**
 * Headers that every answer carries. Nothing is cached, framed, sniffed or allowed to load anything. With `hstsSeconds` browsers come back
 * by HTTPS only, which is for a gateway behind TLS.
 */
export function setAnswerHeaders(response: ServerResponse, requestId: string, hstsSeconds = 0): void {
  response.setHeader('x-request-id', requestId)
  response.setHeader('cache-control', 'no-store')
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('x-frame-options', 'DENY')
  response.setHeader('referrer-policy', 'no-referrer')
  if (hstsSeconds > 0) response.setHeader('strict-transport-security', `max-age=${hstsSeconds}; includeSubDomains`)
}
