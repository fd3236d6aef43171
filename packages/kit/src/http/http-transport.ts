import { Pool } from 'undici'
import type { Log } from '../config/log.js'
import { readAnswer } from './answers/graphql-answer.js'
import { framesHeader, framesProtocol } from './frames/frames.js'
import { multiplexedClient } from './frames/multiplexed-client.js'
import type { FramedRequest } from './frames/multiplexed-server.js'
import { mostBodyBytes } from './requests/graphql-body.js'
import { type Subgraph, type SubgraphRequest, type SubgraphResponse, speculativeHeader } from './transport.js'

const MAX_RESPONSE_BYTES = 67_108_864

/** Of the connection they came with or of a body that is written anew; not to be handed on. */
const OWN_HEADERS = new Set(
  'accept accept-encoding connection content-encoding content-length content-type expect host keep-alive te trailer transfer-encoding upgrade'.split(
    ' ',
  ),
)

export interface HttpSubgraphOptions {
  name: string
  /** The GraphQL endpoint; without a path it is `/graphql`. */
  url: string
  /** For the whole exchange. 10 000 unless given. */
  timeoutMs?: number
  /** At most so many at a time, kept alive; further requests wait. 64 unless given. */
  connections?: number
  /** Told why the subgraph counts as unavailable; the caller is not. */
  log?: Log
}

/** A subgraph behind HTTP. Never rejects: whatever is not a GraphQL answer in time becomes one `UNAVAILABLE` error. */
export function httpSubgraph(o: HttpSubgraphOptions): Subgraph & { close(): Promise<void> } {
  const { name, timeoutMs = 10_000, connections = 64 } = o
  const endpoint = new URL(o.url)
  const path = endpoint.pathname === '/' ? '/graphql' : endpoint.pathname + endpoint.search
  const pool = new Pool(endpoint.origin, { connections, maxResponseSize: MAX_RESPONSE_BYTES })

  const multiplexed = multiplexedClient(endpoint, path, 2)

  async function exchange(request: SubgraphRequest): Promise<SubgraphResponse> {
    const { signal } = request
    const connection = multiplexed.connection()
    const text = connection && JSON.stringify(framedRequest(request))
    return text && Buffer.byteLength(text) <= mostBodyBytes
      ? connection.ask(text, { signal, timeoutMs })
      : overHttp(request)
  }

  async function overHttp(request: SubgraphRequest): Promise<SubgraphResponse> {
    const { query, operationName, variables, headers, signal, isSpeculative } = request
    // Node's composed signals cost more than the request does.
    const abort = new AbortController()
    const giveUp = () => abort.abort()
    const timer = setTimeout(giveUp, timeoutMs)
    signal?.addEventListener('abort', giveUp, { once: true })
    if (signal?.aborted) giveUp()
    try {
      const { headers: told, body } = await pool.request({
        method: 'POST',
        path,
        headers: {
          ...forwarded(headers),
          ...(isSpeculative && { [speculativeHeader]: '1' }),
          'content-type': 'application/json',
          accept: 'application/json',
        },
        body: JSON.stringify({ query, operationName, variables }),
        signal: abort.signal,
      })
      const answer = readAnswer(await body.text())
      if (told[framesHeader] === framesProtocol) multiplexed.offered()
      return answer
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', giveUp)
    }
  }

  return {
    name,
    execute: (request) =>
      exchange(request).catch((err: unknown) => {
        if (!request.signal?.aborted)
          o.log?.warn({ err, subgraph: name, requestId: request.headers['x-request-id'] }, 'subgraph not available')
        return unavailable(name)
      }),
    probe: async (signal) => {
      const { statusCode, body } = await pool.request({ method: 'GET', path: '/livez', signal })
      await body.dump()
      return statusCode === 200
    },
    close: async () => {
      await Promise.all([multiplexed.close(), pool.close()])
    },
  }
}

const framedRequest = ({ signal: _, headers, ...request }: SubgraphRequest): FramedRequest => ({
  ...request,
  headers: forwarded(headers),
})

const forwarded = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name)))

const unavailable = (name: string): SubgraphResponse => ({
  errors: [{ message: `The ${name} service is not available.`, extensions: { code: 'UNAVAILABLE', service: name } }],
})
