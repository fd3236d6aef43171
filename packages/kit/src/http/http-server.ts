import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Log } from '../config/log.js'
import { Conflict, Invalid, NotFound } from '../errors/errors.js'
import { dataText } from '../service/query-compiler.js'
import { faultAnswer } from './fault-answer.js'
import { framesHeader, framesProtocol } from './frames.js'
import type { Health } from './health.js'
import { type GraphQLBody, HttpFault, readGraphQL } from './http-body.js'
import { type MultiplexedConnection, serveMultiplexed } from './multiplexed-server.js'
import { requestIdOf } from './request-id.js'
import { type Subgraph, speculativeHeader } from './transport.js'

export interface ServeOptions {
  subgraph: Subgraph
  health: Health
  /** Address to listen on, such as `127.0.0.1` or `0.0.0.0`. */
  host: string
  /** 0 lets the system choose. */
  port: number
  log: Log
}

export interface RunningServer {
  /** Origin without a path: `http://127.0.0.1:4001`. */
  url: string
  port: number
  /** Not ready any more, no new connections, answers what is in flight, then closes; cuts off what lasts longer than `graceMs` (10 s unless given). */
  stop(o?: { graceMs?: number }): Promise<void>
}

/**
 * Hosts one subgraph over HTTP: `POST /graphql`, `GET /livez`, `GET /readyz`. Every fault is answered as GraphQL JSON with a code.
 * @throws Conflict `port.taken`, Invalid `port.unusable`
 */
export async function serve(o: ServeOptions): Promise<RunningServer> {
  let stopping: Promise<void> | undefined
  const timeouts = { keepAliveTimeout: 65_000, requestTimeout: 30_000 }
  const server = createServer({ ...timeouts, shouldUpgradeCallback: asksForFrames }, async (request, response) => {
    const reply = await answer(o, request, response).catch((error: unknown) =>
      faultReply(o.log, error, requestIdOf(request.headers['x-request-id'])),
    )
    send(response, reply, stopping !== undefined)
  })
  const multiplexed = new Set<MultiplexedConnection>()
  server.on('upgrade', (_request, socket: Socket, head: Buffer) => {
    const connection = serveMultiplexed(socket, head, o, () => multiplexed.delete(connection))
    multiplexed.add(connection)
    if (stopping) connection.goAway()
  })
  await listen(server, o)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${reachable(o.host)}:${port}`,
    port,
    stop({ graceMs = 10_000 } = {}) {
      o.health.drain()
      for (const connection of multiplexed) connection.goAway()
      stopping ??= close(server, graceMs, () => {
        for (const connection of multiplexed) connection.destroy()
      })
      return stopping
    },
  }
}

interface Reply {
  status: number
  json: string
  headers?: Record<string, string>
}

async function answer(o: ServeOptions, request: IncomingMessage, response: ServerResponse): Promise<Reply> {
  const path = request.url?.split('?', 1)[0]
  if (path === '/graphql') {
    allow(request, ['POST'])
    const body = await readGraphQL(request)
    const { text, ...answer } = await execute(o.subgraph, body, request, response)
    return { status: 200, json: text ? `{"data":${dataText(text)}}` : JSON.stringify(answer) }
  }
  if (path !== '/livez' && path !== '/readyz') {
    throw new HttpFault(404, new NotFound('There is nothing here.', { reason: 'http.path' }))
  }
  allow(request, ['GET', 'HEAD'])
  const { status, body } = path === '/livez' ? o.health.live() : await o.health.ready()
  return { status, json: JSON.stringify(body) }
}

const asksForFrames = ({ url, headers }: IncomingMessage) =>
  headers.upgrade === framesProtocol && url?.split('?', 1)[0] === '/graphql'

function allow({ method = '' }: IncomingMessage, methods: string[]) {
  if (methods.includes(method)) return
  const allowed = methods.join(', ')
  throw new HttpFault(405, new Invalid(`Use ${allowed} here.`, { reason: 'http.method' }), { allow: allowed })
}

function execute(subgraph: Subgraph, body: GraphQLBody, request: IncomingMessage, response: ServerResponse) {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
  const isSpeculative = headers[speculativeHeader] !== undefined
  return subgraph.execute({ ...body, headers, signal: gone.signal, acceptsText: true, isSpeculative })
}

function faultReply(log: Log, error: unknown, requestId: string): Reply {
  const json = JSON.stringify(faultAnswer(log, error, requestId))
  return error instanceof HttpFault ? { status: error.status, json, headers: error.headers } : { status: 500, json }
}

function send(response: ServerResponse, { status, json, headers }: Reply, last: boolean) {
  if (response.destroyed) return
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(json),
    'cache-control': 'no-store',
    [framesHeader]: framesProtocol,
    ...(last && { connection: 'close' }),
    ...headers,
  })
  response.end(json)
}

function listen(server: Server, { host, port }: ServeOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const place = `${host}:${port}`
      reject(
        error.code === 'EADDRINUSE'
          ? new Conflict(`Port ${port} on ${host} is already taken.`, { reason: 'port.taken', cause: error })
          : new Invalid(`Cannot listen on ${place} (${error.code}).`, { reason: 'port.unusable', cause: error }),
      )
    })
    server.listen(port, host, resolve)
  })
}

async function close(server: Server, graceMs: number, cutOff: () => void): Promise<void> {
  const timer = setTimeout(() => {
    server.closeAllConnections()
    cutOff()
  }, graceMs)
  await new Promise<void>((resolve) => server.close(() => resolve())).finally(() => clearTimeout(timer))
}

/** Nobody can connect to a wildcard address by its name everywhere; loopback always answers for it. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
