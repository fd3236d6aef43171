import type { Socket } from 'node:net'
import type { Log } from '../../config/log.js'
import { faultAnswer } from '../answers/fault-answer.js'
import { HttpFault } from '../answers/http-fault.js'
import type { RequestHeaders } from '../requests/contract-headers.js'
import { type GraphQLBody, operationIn } from '../requests/graphql-body.js'
import { parseObject } from '../requests/request-body.js'
import type { Subgraph, SubgraphRequest } from '../transport.js'
import { encodeDataText } from './data-text-frame.js'
import { type Frame, frameConnection, frameKind, framesProtocol, mostBytes } from './frames.js'

/** Requests of one connection at a time; a client that sends more is cut off. */
export const mostInFlight = 128

/** What travels in a `request` frame, as JSON. */
export type FramedRequest = GraphQLBody & Pick<SubgraphRequest, 'headers' | 'acceptsText' | 'isSpeculative'>

interface Options {
  subgraph: Subgraph
  log: Log
}

export interface MultiplexedConnection {
  /** Tells the client to send no more requests and to close when it has all answers. */
  goAway(): void
  destroy(): void
}

/**
 * Answers a client's requests over one connection, each as it is ready: `answer` with a GraphQL response as JSON, or `dataText`
 * (data-text-frame.ts) to a request that accepts it. A `cancel` takes a request back.
 */
export function serveMultiplexed(
  socket: Socket,
  head: Buffer,
  { subgraph, log }: Options,
  closed: () => void,
): MultiplexedConnection {
  const inFlight = new Map<number, AbortController>()

  const respond = async (id: number, text: string, gone: AbortController) => {
    let headers: RequestHeaders = {}
    const response = await (async () => {
      const request = readRequest(text)
      headers = request.headers
      return subgraph.execute({ ...request, signal: gone.signal })
    })().catch((error: unknown) => faultAnswer(log, error, headers))
    if (!inFlight.delete(id)) return
    if (response.text) connection.send(frameKind.dataText, id, encodeDataText(response.text))
    else connection.send(frameKind.answer, id, JSON.stringify(response))
  }

  const receive = ({ kind, id, text }: Frame) => {
    if (kind === frameKind.request && !inFlight.has(id) && inFlight.size < mostInFlight) {
      const gone = new AbortController()
      inFlight.set(id, gone)
      void respond(id, text, gone)
    } else if (kind === frameKind.cancel) {
      inFlight.get(id)?.abort()
      inFlight.delete(id)
    } else connection.destroy()
  }

  socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${framesProtocol}\r\n\r\n`)
  const connection = frameConnection(socket, head, {
    mostBytes: mostBytes.request,
    holdsBack: true,
    receive,
    closed: () => {
      for (const gone of inFlight.values()) gone.abort()
      inFlight.clear()
      closed()
    },
  })
  return { goAway: () => connection.send(frameKind.goAway, 0), destroy: connection.destroy }
}

const isHeaderValue = (value: unknown) => typeof value === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
const areHeaders = (headers: unknown): headers is Record<string, string> =>
  typeof headers === 'object' && headers !== null && Object.values(headers).every(isHeaderValue)

/** Throws HttpFault as `readGraphQL` does, and `request.headers`. */
function readRequest(text: string): FramedRequest {
  const request = parseObject(text)
  const { headers, acceptsText, isSpeculative } = request
  if (!areHeaders(headers)) {
    const reason = 'request.headers'
    throw new HttpFault(400, 'INVALID', 'A header is no text that HTTP could carry.', { reason })
  }
  return { ...operationIn(request), headers, acceptsText: acceptsText === true, isSpeculative: isSpeculative === true }
}
