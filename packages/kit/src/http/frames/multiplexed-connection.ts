import type { Socket } from 'node:net'
import { readAnswer } from '../answers/graphql-answer.js'
import type { SubgraphResponse } from '../transport.js'
import { decodeDataText } from './data-text-frame.js'
import { type Frame, frameConnection, frameKind, mostBytes } from './frames.js'

/** A connection on which nothing has come for so long while an answer was waited for is used no more. */
const silentMs = 1_000

interface Waiting {
  resolve(response: SubgraphResponse): void
  reject(error: Error): void
}

export interface AskOptions {
  signal: AbortSignal | undefined
  timeoutMs: number
}

/** The client's side of one connection with frames (multiplexed-server.ts). */
export interface ClientConnection {
  /** Requests without an answer yet. */
  inFlight(): number
  /** Sends a `request` frame's text. Rejects without an answer in time, and where the connection ends before. */
  ask(text: string, o: AskOptions): Promise<SubgraphResponse>
  /** Takes no more requests, and closes when all are answered. */
  retire(): void
}

/** `retired` is called once, when it takes no more requests, `closed` when it has ended. */
export function clientConnection(
  socket: Socket,
  head: Buffer,
  on: { retired(): void; closed(): void },
): ClientConnection {
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let received = 0
  let isRetired = false

  const retire = () => {
    if (!isRetired) on.retired()
    isRetired = true
    if (waiting.size === 0) frames.end()
  }

  const take = (id: number): Waiting | undefined => {
    const found = waiting.get(id)
    waiting.delete(id)
    if (isRetired && waiting.size === 0) frames.end()
    return found
  }

  const receive = ({ kind, id, text }: Frame) => {
    received++
    if (kind === frameKind.goAway) return retire()
    const request = take(id)
    try {
      request?.resolve(kind === frameKind.dataText ? { text: decodeDataText(text) } : readAnswer(text))
    } catch (error) {
      request?.reject(error as Error)
    }
  }

  const frames = frameConnection(socket, head, {
    mostBytes: mostBytes.answer,
    receive,
    closed() {
      if (!isRetired) on.retired()
      isRetired = true
      for (const { reject } of waiting.values()) reject(new Error('The connection has ended.'))
      waiting.clear()
      on.closed()
    },
  })
  // What waits has its timer; what waits for nothing shall not keep the process.
  socket.unref()

  return {
    inFlight: () => waiting.size,
    ask(text, { signal, timeoutMs }) {
      if (signal?.aborted) return Promise.reject(new Error('Nobody waits for an answer.'))
      lastId = (lastId + 1) % 2 ** 32
      const id = lastId
      const { promise, resolve, reject } = Promise.withResolvers<SubgraphResponse>()
      const sentAt = performance.now()
      const before = received
      const giveUp = () => {
        if (!take(id)) return
        frames.send(frameKind.cancel, id)
        if (received === before && performance.now() - sentAt >= Math.min(silentMs, timeoutMs)) retire()
        reject(new Error('Nobody waits for the answer any more.'))
      }
      const timer = setTimeout(giveUp, timeoutMs)
      signal?.addEventListener('abort', giveUp, { once: true })
      waiting.set(id, {
        resolve(response) {
          clearTimeout(timer)
          signal?.removeEventListener('abort', giveUp)
          resolve(response)
        },
        reject(error) {
          clearTimeout(timer)
          signal?.removeEventListener('abort', giveUp)
          reject(error)
        },
      })
      frames.send(frameKind.request, id, text)
      return promise
    },
    retire,
  }
}
