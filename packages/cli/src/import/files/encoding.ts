import { Invalid } from '@clientele/kit/client'
import { isUtf8ByChance, rankEncodings } from './encoding-candidates.js'
import { survey } from './encoding-survey.js'

/** Opens the bytes of a file from the start. */
export type Bytes = () => AsyncIterable<Buffer>

/**
 * The encoding of a whole file: that of its byte order mark, whatever is named; else the named one, else what its bytes say beyond doubt.
 * Throws Invalid `file.encoding` with the line that does not fit and with what may be named instead, before anything is made of the file.
 */
export const detectEncoding = async (file: string, bytes: Bytes, named = 'auto'): Promise<string> => {
  const start = await startOf(bytes)
  const marked = markOf(start)
  if (marked) return whole(file, bytes, marked)
  if (named !== 'auto') return asNamed(file, bytes, new TextDecoder(named).encoding, start)
  const sixteen = utf16(start)
  if (sixteen) return sixteen
  if (await isWritten('utf-8', bytes)) {
    if (!isUtf8ByChance(start)) return 'utf-8'
    throw fault(file, 1, 'it fits UTF-8 and gb18030', 'Name the right one, for example --encoding gb18030.')
  }
  const found = await survey(bytes)
  if (found.isMixed) throw mixed(file, found.firstUtf8Line, found.firstOtherLine)
  const { best, candidates } = rankEncodings(found.sample)
  if (best === 'windows-1252' && found.firstAccentedUtf8Line)
    throw mixed(file, found.firstAccentedUtf8Line, found.firstOtherLine)
  if (best && (await isWritten(best, bytes))) return best
  const hint = await hintOf(bytes, candidates)
  throw fault(file, found.firstOtherLine, `line ${found.firstOtherLine} is not UTF-8`, hint)
}

/** What to do where an encoding is in doubt, with those of the candidates that the file can be read in. */
const hintOf = async (bytes: Bytes, candidates: readonly string[]): Promise<string> => {
  const fitting: string[] = []
  for (const candidate of candidates) if (await isWritten(candidate, bytes)) fitting.push(candidate)
  return fitting.length
    ? `It may be ${fitting.join(', ')}: name the right one, for example --encoding ${fitting[0]}.`
    : 'Name its encoding, for example --encoding windows-1252.'
}

const whole = async (file: string, bytes: Bytes, encoding: string) => {
  if (await isWritten(encoding, bytes)) return encoding
  throw await notWritten(file, bytes, encoding)
}

/** Almost any bytes can be read in most encodings; so it is not enough that the named one can. */
const asNamed = async (file: string, bytes: Bytes, named: string, start: Buffer): Promise<string> => {
  const isSixteen = named.startsWith('utf-16')
  const sixteen = utf16(start)
  if (sixteen && sixteen !== named) throw wronglyNamed(file, 1, sixteen, named)
  if (named === 'utf-8' || !(await isWritten('utf-8', bytes))) return whole(file, bytes, named)
  // In UTF-16 every delimiter and line end has a zero.
  if (isSixteen) {
    if (start.length && !start.includes(0)) throw wronglyNamed(file, 1, 'utf-8', named)
    return whole(file, bytes, named)
  }
  const { sample, firstLine } = await survey(bytes)
  if (sample.length && !isUtf8ByChance(sample, named)) throw wronglyNamed(file, firstLine, 'utf-8', named)
  return whole(file, bytes, named)
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
    throw await notWritten(file, bytes, encoding)
  }
}

const startOf = async (bytes: Bytes): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of bytes()) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= 64 * 1024) break
  }
  return Buffer.concat(chunks).subarray(0, 64 * 1024)
}

/** What a byte order mark says; no text of another encoding begins like that. */
const markOf = (start: Buffer) => {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8'
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  return undefined
}

/** UTF-16 without a mark is told by the zeros beside the line ends. */
const utf16 = (start: Buffer) => {
  if (!start.includes(0)) return undefined
  const lineEnds = { 'utf-16le': 0, 'utf-16be': 0 }
  for (let at = 0; at + 1 < start.length; at += 2) {
    if (start[at] === 0x0a && start[at + 1] === 0) lineEnds['utf-16le']++
    if (start[at] === 0 && start[at + 1] === 0x0a) lineEnds['utf-16be']++
  }
  const { 'utf-16le': little, 'utf-16be': big } = lineEnds
  // A stray zero in another encoding stands beside a line end as well; in UTF-16 no line end stands without.
  const isSixteen = Math.max(little, big) === countOf(start, 0x0a) && Math.min(little, big) === 0
  if (!isSixteen || little === big) return undefined
  return little > big ? 'utf-16le' : 'utf-16be'
}

const countOf = (bytes: Buffer, wanted: number) => {
  let count = 0
  for (const byte of bytes) if (byte === wanted) count++
  return count
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

const notWritten = async (file: string, bytes: Bytes, encoding: string) => {
  const line = await firstWrongLine(bytes, encoding)
  const { candidates } = rankEncodings((await survey(bytes)).sample)
  const hint = await hintOf(bytes, ['utf-8', ...candidates])
  return fault(file, line, `line ${line} is not ${encoding}`, hint)
}

const fault = (file: string, line: number, message: string, hint: string) =>
  new Invalid(`The encoding of ${file} is in doubt: ${message}. ${hint}`, {
    reason: 'file.encoding',
    fields: [{ path: `${file}:${line}`, reason: 'file.encoding', message }],
  })

const wronglyNamed = (file: string, line: number, found: string, named: string) =>
  fault(file, line, `it is ${found} and not ${named}, which was named`, `Name the right one: --encoding ${found}.`)

const mixed = (file: string, utf8Line: number, otherLine: number) => {
  const message = `line ${utf8Line} is UTF-8 and line ${otherLine} is not`
  return fault(file, Math.max(utf8Line, otherLine), message, 'Write the whole file in one encoding; UTF-8 is best.')
}

/** The line within which the first wrong bytes stand. */
const firstWrongLine = async (bytes: Bytes, encoding: string): Promise<number> => {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let line = 1
  for await (const chunk of bytes()) {
    // In small pieces, since a decoder does not say where it stumbled.
    for (let at = 0; at < chunk.length; at += 16) {
      try {
        for (const sign of decoder.decode(chunk.subarray(at, at + 16), { stream: true })) if (sign === '\n') line++
      } catch {
        return line
      }
    }
  }
  return line
}
