import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Invalid } from '@clientele/kit/client'
import { UsageError } from '../../command.js'
import { fileLimits } from './file-limits.js'

type Limits = Pick<typeof fileLimits, 'bytes' | 'ratio' | 'smallBytes'>

const pieceBytes = 256 * 1024

/**
 * The bytes of a file, unpacked where it is gzip (told by its first bytes, not by its name), in pieces between which `signal` stops it.
 * `onRead` is told of the file's own bytes, packed ones as packed.
 * Throws UsageError, Invalid `file.gzip`, and `file.too_large` or `file.ratio` with the line at which the limit is reached.
 */
export async function* readBytes(
  file: string,
  signal?: AbortSignal,
  limits: Limits = fileLimits,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  const { packed, size } = await inspect(file)
  const bound = packed ? boundOfPacked(size, limits) : { bytes: limits.bytes, isRatio: false }
  let bytes = 0
  let line = 1
  for await (const chunk of packed ? unpack(file, onRead) : piecesOf(file, onRead)) {
    signal?.throwIfAborted()
    bytes += chunk.length
    if (bytes > bound.bytes) {
      const lines = linesIn(chunk.subarray(0, Math.max(0, chunk.length - (bytes - bound.bytes))))
      throw tooLarge(file, line + lines, size, bound, limits)
    }
    if (packed) line += linesIn(chunk)
    yield chunk
  }
}

async function* piecesOf(file: string, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const piece of createReadStream(file, { highWaterMark: pieceBytes })) {
    onRead(piece.length)
    yield piece
  }
}

async function* unpack(file: string, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  const unpacked = new PassThrough()
  const work = pipeline(piecesOf(file, onRead), createGunzip({ chunkSize: pieceBytes }), unpacked)
  work.catch(() => {})
  try {
    yield* unpacked as AsyncIterable<Buffer>
    await work
  } catch (cause) {
    throw new Invalid(`${file} is a damaged gzip file: ${(cause as Error).message}.`, { reason: 'file.gzip', cause })
  }
}

interface Bound {
  bytes: number
  /** Whether it comes from how much the file is packed. */
  isRatio: boolean
}

const boundOfPacked = (size: number, { bytes, ratio, smallBytes }: Limits): Bound => {
  const unpacked = Math.max(smallBytes, size * ratio)
  return unpacked < bytes ? { bytes: unpacked, isRatio: true } : { bytes, isRatio: false }
}

const tooLarge = (file: string, line: number, size: number, { bytes, isRatio }: Bound, { ratio }: Limits) => {
  const reason = isRatio ? 'file.ratio' : 'file.too_large'
  const what = isRatio
    ? `unpacks to more than ${bytes} bytes from ${size}: a file may unpack to ${ratio} times its size. Unpack it first if it is a table`
    : `has more than ${bytes} bytes, which is the limit. Split it`
  const message = `the limit of ${bytes} bytes is reached in line ${line}`
  return new Invalid(`${file} ${what} (line ${line}).`, { reason, fields: [{ path: file, reason, message }] })
}

const linesIn = (bytes: Buffer) => {
  let lines = 0
  for (const byte of bytes) if (byte === 0x0a) lines++
  return lines
}

/** How many bytes a file has; 0 where that is not known, as of a pipe. */
export const sizeOf = async (file: string) => (await inspect(file)).size

const inspect = async (file: string) => {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${error.code}).`)
  })
  try {
    const stat = await handle.stat()
    if (stat.isDirectory()) throw new UsageError(`${file} is a folder, not a file.`)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return { packed: bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b, size: stat.size }
  } finally {
    await handle.close()
  }
}
