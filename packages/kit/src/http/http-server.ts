import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Log } from '../config/log.js'
import { answerMetrics, metricsPath } from '../metrics/answer-metrics.js'
import type { Metrics } from '../metrics/metrics.js'
import { dataText } from '../service/query-compiler.js'
import { faultAnswer } from './answers/fault-answer.js'
import { HttpFault } from './answers/http-fault.js'
import { drained } from './drain.js'
import { framesHeader, framesProtocol } from './frames/frames.js'
import { type MultiplexedConnection, serveMultiplexed } from './frames/multiplexed-server.js'
import type { Health } from './health.js'
import { closeServer, listen } from './listening.js'
import { headersOf, type RequestHeaders } from './requests/contract-headers.js'
import { type GraphQLBody, readGraphQL } from './requests/graphql-body.js'
import { type Subgraph, speculativeHeader } from './transport.js'

export interface ServeOptions {
  subgraph: Subgraph
  health: Health
  /** Served at `/metrics`; not unless given. */
  metrics?: Metrics
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
  /**
   * Not ready any more. Answers as before for `drainMs` (0 unless given), each client on its last connection here; then takes no new connections,
   * answers what is in flight and closes. Cuts off what lasts longer than `graceMs` (10 s unless given).
   */
  stop(o?: { drainMs?: number; graceMs?: number }): Promise<void>
}

/**
 * Hosts one subgraph over HTTP: `POST /graphql`, `GET /livez`, `GET /readyz`, `GET /metrics`. Every fault is answered as GraphQL JSON with a code.
 * @throws Conflict `port.taken`, Invalid `port.unusable`
 */
export async function serve(o: ServeOptions): Promise<RunningServer> {
  let stopping: Promise<void> | undefined
  let isClosing = false
  const timeouts = { keepAliveTimeout: 65_000, requestTimeout: 30_000 }
  const server = createServer({ ...timeouts, shouldUpgradeCallback: asksForFrames }, async (request, response) => {
    if (o.metrics && request.url?.split('?', 1)[0] === metricsPath) return answerMetrics(o.metrics, request, response)
    const reply = await answer(o, request, response).catch((error: unknown) =>
      faultReply(o.log, error, headersOf(request.headers)),
    )
    send(response, reply, stopping !== undefined)
  })
  const multiplexed = new Set<MultiplexedConnection>()
  server.on('upgrade', (_request, socket: Socket, head: Buffer) => {
    const connection = serveMultiplexed(socket, head, o, () => multiplexed.delete(connection))
    multiplexed.add(connection)
    if (isClosing) connection.goAway()
  })
  const place = await listen(server, o)
  return {
    ...place,
    stop({ drainMs = 0, graceMs = 10_000 } = {}) {
      o.health.drain()
      stopping ??= drained(drainMs, () => {
        isClosing = true
        for (const connection of multiplexed) connection.goAway()
        return closeServer(server, graceMs, () => {
          for (const connection of multiplexed) connection.destroy()
        })
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
    throw new HttpFault(404, 'NOT_FOUND', 'There is nothing here.', { reason: 'request.path' })
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
  const details = { reason: 'request.method' as const, params: { allowed }, headers: { allow: allowed } }
  throw new HttpFault(405, 'INVALID', `Use ${allowed} here.`, details)
}

function execute(subgraph: Subgraph, body: GraphQLBody, request: IncomingMessage, response: ServerResponse) {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  const headers = headersOf(request.headers)
  const isSpeculative = headers[speculativeHeader] !== undefined
  return subgraph.execute({ ...body, headers, signal: gone.signal, acceptsText: true, isSpeculative })
}

function faultReply(log: Log, error: unknown, headers: RequestHeaders): Reply {
  const json = JSON.stringify(faultAnswer(log, error, headers))
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
