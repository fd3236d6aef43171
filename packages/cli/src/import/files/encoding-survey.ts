import { isAscii, isUtf8 } from 'node:buffer'
import type { Bytes } from './encoding.js'

/** What the lines of a file that is not UTF-8 as a whole say about its encoding. */
export interface EncodingSurvey {
  /** Lines with more than ASCII, as far as `sampleBytes` go, each with its line end. */
  sample: Buffer
  /** Number of the first line with more than ASCII; 0 where there is none. */
  firstLine: number
  /** Numbers of the first line that is UTF-8 without doubt, and of the first that is not; 0 where there is none. */
  firstUtf8Line: number
  firstOtherLine: number
  /** Number of the first line that is UTF-8 with as little as one accented letter, which no text in windows-1252 looks like; 0 where there is none. */
  firstAccentedUtf8Line: number
  /** Whether some lines are UTF-8 and others are not. */
  isMixed: boolean
}

const sampleBytes = 64 * 1024
const longestLine = 4 * 1024

/** Looks at every line for itself. A line of a file in an older encoding passes for UTF-8 by chance only if it is short. */
export const survey = async (bytes: Bytes): Promise<EncodingSurvey> => {
  const sample: Buffer[] = []
  let sampled = 0
  const first = { any: 0, certain: 0, likely: 0, accented: 0, other: 0 }
  const count = { likely: 0, other: 0 }
  for await (const { line, number } of linesOf(bytes)) {
    if (isAscii(line)) continue
    first.any ||= number
    if (sampled < sampleBytes) {
      sample.push(line, lineEnd)
      sampled += line.length + 1
    }
    const characters = isUtf8(line) ? longCharacters(line) : -1
    if (characters < 0) {
      count.other++
      first.other ||= number
      continue
    }
    first.accented ||= number
    if (characters >= 2) {
      count.likely++
      first.likely ||= number
      if (characters >= 4) first.certain ||= number
    }
  }
  const isOften = count.likely >= 3 && count.likely * 10 >= count.other
  return {
    sample: Buffer.concat(sample),
    firstLine: first.any,
    firstUtf8Line: isOften ? first.likely : first.certain,
    firstAccentedUtf8Line: first.accented,
    firstOtherLine: first.other,
    isMixed: count.other > 0 && (first.certain > 0 || isOften),
  }
}

const lineEnd = Buffer.from('\n')

/** How many characters of three or four bytes a line of UTF-8 has. */
const longCharacters = (line: Buffer) => {
  let count = 0
  for (const byte of line) if (byte >= 0xe0) count++
  return count
}

/** Lines at line feeds, which all encodings but UTF-16 share; a longer one in pieces. */
async function* linesOf(bytes: Bytes): AsyncGenerator<{ line: Buffer; number: number }> {
  let number = 1
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of bytes()) {
    const text = rest.length ? Buffer.concat([rest, chunk]) : chunk
    let from = 0
    for (let at = text.indexOf(0x0a); at >= 0; at = text.indexOf(0x0a, from)) {
      if (at > from) yield { line: text.subarray(from, Math.min(at, from + longestLine)), number }
      number++
      from = at + 1
    }
    rest = text.subarray(from)
    while (rest.length > longestLine) {
      yield { line: rest.subarray(0, longestLine), number }
      rest = rest.subarray(longestLine)
    }
  }
  if (rest.length) yield { line: rest, number }
}
