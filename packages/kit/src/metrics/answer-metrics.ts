import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Metrics } from './metrics.js'

export const metricsPath = '/metrics'

/** Answers GET and HEAD of `/metrics`. */
export const answerMetrics = async (
  { registry, text }: Metrics,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end()
    return
  }
  const body = await text()
  response.writeHead(200, {
    'content-type': registry.contentType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}
