import { Invalid } from '@clientele/kit'

/** Opens the bytes of a file from the start. */
export type Bytes = () => AsyncIterable<Buffer>

/**
 * The encoding of a whole file: the named one, else UTF-16 where a mark says so, UTF-8, or GB18030.
 * Throws Invalid `file.encoding` with the first byte that does not fit, before anything is made of the file.
 */
export const detectEncoding = async (file: string, bytes: Bytes, named = 'auto'): Promise<string> => {
  if (named !== 'auto') {
    if (await isWritten(named, bytes)) return named
    throw await fault(file, bytes, `is not ${named}`, named)
  }
  const marked = await byteOrderMark(bytes)
  if (marked) return marked
  if (await isWritten('utf-8', bytes)) return 'utf-8'
  if ((await isWritten('gb18030', bytes)) && (await looksChinese(bytes))) return 'gb18030'
  throw await fault(file, bytes, 'is neither UTF-8 nor GB18030', 'utf-8')
}

/** The text of a file. Throws Invalid `file.encoding` where the file does not keep what was found before. */
export async function* decode(file: string, bytes: Bytes, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let isFirst = true
  try {
    for await (const chunk of bytes()) {
      const text = decoder.decode(chunk, { stream: true })
      if (text) yield isFirst ? text.replace(/^\uFEFF/, '') : text
      isFirst &&= !text
    }
    const rest = decoder.decode()
    if (rest) yield rest
  } catch (error) {
    if (!isWrongBytes(error)) throw error
    throw await fault(file, bytes, `is not ${encoding}`, encoding)
  }
}

const byteOrderMark = async (bytes: Bytes) => {
  for await (const [first, second] of bytes()) {
    if (first === 0xff && second === 0xfe) return 'utf-16le'
    if (first === 0xfe && second === 0xff) return 'utf-16be'
    break
  }
  return undefined
}

const isWritten = async (encoding: string, bytes: Bytes) => {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const chunk of bytes()) decoder.decode(chunk, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (isWrongBytes(error)) return false
    throw error
  }
}

const isWrongBytes = (error: unknown) => (error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA'

// Western encodings decode as GB18030 too, to nonsense: there an accented letter is followed by an ASCII one, which
// no common Chinese character has as its second byte.
const looksChinese = async (bytes: Bytes) => {
  let common = 0
  let rare = 0
  let lead = false
  for await (const chunk of bytes()) {
    for (const byte of chunk) {
      if (!lead) {
        lead = byte >= 0x81
        continue
      }
      if (byte >= 0xa1) common++
      else if (byte >= 0x40) rare++
      lead = false
    }
  }
  return common > rare
}

const fault = async (file: string, bytes: Bytes, problem: string, encoding: string) => {
  const offset = /^utf-?8$/i.test(encoding) ? await firstInvalidUtf8(bytes) : undefined
  const place = offset === undefined ? '' : ` (byte ${offset})`
  const hint = 'Name its encoding, for example --encoding windows-1252.'
  const fields = [{ path: file, reason: 'file.encoding', message: `first wrong byte: ${offset ?? 'unknown'}` }]
  return new Invalid(`${file} ${problem}${place}. ${hint}`, { reason: 'file.encoding', fields })
}

/** Offset of the first byte of the first sequence that is not UTF-8. */
export const firstInvalidUtf8 = async (bytes: Bytes): Promise<number | undefined> => {
  let offset = 0
  let start = 0
  let missing = 0
  let low = 0x80
  let high = 0xbf
  for await (const chunk of bytes()) {
    for (const byte of chunk) {
      if (missing) {
        if (byte < low || byte > high) return start
        ;[low, high] = [0x80, 0xbf]
        missing--
      } else {
        start = offset
        if (byte >= 0x80 && (byte < 0xc2 || byte > 0xf4)) return start
        missing = byte < 0x80 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
        low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80
        high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf
      }
      offset++
    }
  }
  return missing ? start : undefined
}
