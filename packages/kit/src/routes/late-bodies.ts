import type { IncomingMessage, Server, ServerResponse } from 'node:http'

const waiting = new WeakMap<IncomingMessage, NodeJS.Timeout>()

/** For a server that ends late bodies itself, with what Node says of a request that does not arrive. */
export const noRequestTimeout = { requestTimeout: 0, headersTimeout: 10_000 }

/** Longer than an answer may take, so that a route says itself that it was. */
const bodyMs = 40_000

/** Hangs up where a body has not arrived in time, unless it may take long: Node's own limit, `requestTimeout`, is one for all requests of a server. */
export const endLateBodies = (server: Server, ms = bodyMs): void => {
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
    if (!encoding && !Number(length)) return
    const hangUp = () => {
      if (request.complete) return
      if (!response.headersSent) request.socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')
      request.socket.destroySoon()
    }
    const timer = setTimeout(hangUp, ms).unref()
    waiting.set(request, timer)
    request.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
  })
}

/** This body may take as long as it goes on arriving: whoever reads it sees to that. */
export const allowLongBody = (request: IncomingMessage): void => clearTimeout(waiting.get(request))
