import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import { framesProtocol } from './frames.js'
import { type ClientConnection, clientConnection } from './multiplexed-connection.js'

/** More requests at a time than the connections have room for go by ordinary HTTP. */
const mostInFlight = 64
/** A connection is replaced so often that replicas which have come since get their share. */
const lifeMs = 60_000
const openTimeoutMs = 5_000
const backOffMs = 1_000

export interface MultiplexedClient {
  /** A connection with room; undefined where there is none now, and one is opened if it may be. */
  connection(): ClientConnection | undefined
  /** The server has said that it speaks frames. Without that nothing is opened. */
  offered(): void
  /** Resolves when all requests under way are answered and all connections ended. */
  close(): Promise<void>
}

/** Keeps up to `count` connections with frames to a server of ours. */
export function multiplexedClient(endpoint: URL, path: string, count: number): MultiplexedClient {
  const usable: ClientConnection[] = []
  const ended = new Set<Promise<void>>()
  const closing = new AbortController()
  let isOffered = false
  let isOpening = false
  let notBefore = 0
  let next = 0

  const open = () => {
    isOpening = true
    const request = (endpoint.protocol === 'https:' ? httpsRequest : httpRequest)(new URL(path, endpoint), {
      agent: false,
      headers: { connection: 'Upgrade', upgrade: framesProtocol },
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(openTimeoutMs)]),
    })
    const failed = () => {
      isOpening = false
      notBefore = performance.now() + backOffMs
    }
    request.on('upgrade', (_response, socket: Socket, head) => {
      isOpening = false
      adopt(socket, head)
    })
    request.on('response', (response) => {
      // Behind the same address there may be a server that does not speak it, until one says so again.
      isOffered = false
      response.resume()
      failed()
    })
    request.on('error', failed)
    request.end()
  }

  const adopt = (socket: Socket, head: Buffer) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    ended.add(promise)
    const timer = setTimeout(() => connection.retire(), lifeMs * (1 + Math.random() / 2))
    timer.unref()
    const connection = clientConnection(socket, head, {
      retired() {
        clearTimeout(timer)
        usable.splice(usable.indexOf(connection), 1)
      },
      closed() {
        ended.delete(promise)
        resolve()
      },
    })
    usable.push(connection)
    if (closing.signal.aborted) connection.retire()
  }

  return {
    connection() {
      const wantsMore = isOffered && !isOpening && usable.length < count && !closing.signal.aborted
      if (wantsMore && performance.now() >= notBefore) open()
      const connection = usable[next++ % usable.length]
      return connection && connection.inFlight() < mostInFlight ? connection : undefined
    },
    offered() {
      isOffered = true
    },
    async close() {
      closing.abort()
      for (const connection of [...usable]) connection.retire()
      await Promise.all(ended)
    },
  }
}
