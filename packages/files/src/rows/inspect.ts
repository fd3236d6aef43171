import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { TextDecoder } from 'node:util'
import type { FileRefusal } from '@clientele/contracts'
import { fileTypeFromStream } from 'file-type'
import type { FileStore } from '../store/file-store.js'
import { readsInstaller } from './windows-installer.js'

/** What bytes turn out to be. */
export type Inspection = { refusal: FileRefusal } | { refusal: null; mediaType: string; sha256: string }

/** Programs, which start when they are opened. Installers of Windows are told by `readsInstaller`. */
const programs = new Set([
  'application/x-msdownload',
  'application/vnd.microsoft.portable-executable',
  'application/x-elf',
  'application/x-mach-binary',
  'application/java-vm',
  'application/java-archive',
  'application/x-ms-shortcut',
  'application/x.ms.shortcut',
  'application/vnd.android.package-archive',
  'application/x-apple-diskimage',
])

/** Tells what was kept under this key by its content alone; what has no form that is known is text where it is UTF-8. */
export const inspect = async (store: FileStore, key: string): Promise<Inspection> => {
  const known = await typeOf(store, key)
  if (known && programs.has(known)) return { refusal: 'TYPE' }
  const hash = createHash('sha256')
  const installer = known === 'application/x-cfb' ? readsInstaller() : undefined
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let isText = true
  for await (const chunk of (await store.read(key)) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    installer?.read(chunk)
    isText &&= isTextSoFar(utf8, chunk)
  }
  if (installer?.isOne()) return { refusal: 'TYPE' }
  isText &&= isTextSoFar(utf8)
  const mediaType = known ?? (isText ? 'text/plain; charset=utf-8' : 'application/octet-stream')
  return { refusal: null, mediaType, sha256: hash.digest('hex') }
}

const typeOf = async (store: FileStore, key: string) => {
  const stream = await store.read(key)
  try {
    return (await fileTypeFromStream(Readable.toWeb(stream) as ReadableStream<Uint8Array>))?.mime
  } finally {
    stream.destroy()
  }
}

const isTextSoFar = (utf8: TextDecoder, chunk?: Buffer) => {
  try {
    return !utf8.decode(chunk, { stream: chunk !== undefined }).includes('\0')
  } catch {
    return false
  }
}
