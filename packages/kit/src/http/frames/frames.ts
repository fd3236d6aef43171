import { isUtf8 } from 'node:buffer'
import type { Socket } from 'node:net'
import { mostBodyBytes } from '../requests/graphql-body.js'

/** The protocol that a connection is upgraded to, by the `Upgrade` header. Another form of frames gets another name. */
export const framesProtocol = 'clientele-frames-1'

/** In every HTTP answer of a server that speaks it. */
export const framesHeader = 'accept-upgrade'

/** The greatest payloads, in bytes: a body over HTTP and its headers; an answer. */
export const mostBytes = { request: mostBodyBytes + 65_536, answer: 67_108_864 } as const

/** What a frame is: `request` and `cancel` from a client, the others from a server. The bodies are in `multiplexed-server.ts`. */
export const frameKind = { request: 1, cancel: 2, answer: 3, dataText: 4, goAway: 5 } as const

export interface Frame {
  kind: number
  /** Which request it belongs to; chosen by the client. */
  id: number
  text: string
}

interface Options {
  /** Of a payload that comes in; a connection with a longer one is cut. */
  mostBytes: number
  receive(frame: Frame): void
  /** Once, when nothing can be sent or received any more. */
  closed(): void
  /** Whether nothing more is read while the other side does not take what it was sent. */
  holdsBack?: boolean
}

export interface FrameConnection {
  send(kind: number, id: number, text?: string): void
  /** Sends what waits, then closes. */
  end(): void
  destroy(): void
}

/** Bytes of length, id and kind. */
const headBytes = 9

/**
 * Frames over a socket: 4 bytes length of the payload, 4 bytes id, 1 byte kind, the payload as UTF-8; numbers with the greatest byte first.
 * Frames of one turn of the event loop are sent together.
 */
export function frameConnection(socket: Socket, head: Buffer, o: Options): FrameConnection {
  let waiting: Frame[] = []
  let parts: Buffer[] = []
  let held = 0
  let needed = headBytes
  let isEnding = false

  const flush = () => {
    const frames = waiting
    waiting = []
    if (!socket.writable || frames.length === 0) return
    if (!socket.write(encode(frames)) && o.holdsBack) socket.pause()
  }

  const read = (chunk: Buffer) => {
    parts.push(chunk)
    held += chunk.length
    if (held < needed) return
    const bytes = parts.length === 1 ? chunk : Buffer.concat(parts, held)
    let at = 0
    while (bytes.length - at >= headBytes) {
      const length = bytes.readUInt32BE(at)
      if (length > o.mostBytes) return void socket.destroy()
      const end = at + headBytes + length
      if (end > bytes.length) break
      const payload = bytes.subarray(at + headBytes, end)
      if (!isUtf8(payload)) return void socket.destroy()
      o.receive({ kind: bytes[at + 8]!, id: bytes.readUInt32BE(at + 4), text: payload.toString() })
      at = end
    }
    held = bytes.length - at
    parts = held > 0 ? [bytes.subarray(at)] : []
    needed = headBytes + (held >= headBytes ? bytes.readUInt32BE(at) : 0)
  }

  const end = () => {
    if (isEnding) return
    isEnding = true
    setImmediate(() => {
      flush()
      socket.end()
    })
  }

  socket.setTimeout(0)
  socket.setNoDelay(true)
  // What sits between two hosts may forget a connection on which nothing is said.
  socket.setKeepAlive(true, 30_000)
  socket.on('drain', () => socket.resume())
  socket.on('end', end)
  socket.on('error', () => socket.destroy())
  socket.once('close', o.closed)
  if (head.length > 0) socket.unshift(head)
  socket.on('data', read)

  return {
    send(kind, id, text = '') {
      if (waiting.push({ kind, id, text }) === 1) setImmediate(flush)
    },
    end,
    destroy: () => void socket.destroy(),
  }
}

function encode(frames: readonly Frame[]): Buffer {
  const lengths = frames.map(({ text }) => Buffer.byteLength(text))
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + headBytes + length, 0))
  let at = 0
  frames.forEach(({ kind, id, text }, index) => {
    bytes.writeUInt32BE(lengths[index]!, at)
    bytes.writeUInt32BE(id, at + 4)
    bytes[at + 8] = kind
    bytes.write(text, at + headBytes)
    at += headBytes + lengths[index]!
  })
  return bytes
}
