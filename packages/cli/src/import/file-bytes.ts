import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Invalid } from '@clientele/kit'
import { UsageError } from '../command.js'

/** The bytes of a file, unpacked where it is gzip (told by its first bytes, not by its name). Throws UsageError, Invalid `file.gzip`. */
export async function* readBytes(file: string): AsyncGenerator<Buffer> {
  const packed = await isGzip(file)
  const source = createReadStream(file, { highWaterMark: 256 * 1024 })
  if (!packed) {
    yield* source as AsyncIterable<Buffer>
    return
  }
  const unpacked = new PassThrough()
  const work = pipeline(source, createGunzip(), unpacked)
  work.catch(() => {})
  try {
    yield* unpacked as AsyncIterable<Buffer>
    await work
  } catch (cause) {
    throw new Invalid(`${file} is a damaged gzip file: ${(cause as Error).message}.`, { reason: 'file.gzip', cause })
  }
}

const isGzip = async (file: string) => {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${error.code}).`)
  })
  try {
    if ((await handle.stat()).isDirectory()) throw new UsageError(`${file} is a folder, not a file.`)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}
