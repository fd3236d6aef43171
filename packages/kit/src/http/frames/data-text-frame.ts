import type { DataText } from '../../service/query-compiler.js'

/** A line of JSON with everything but the texts and with their lengths, then the texts one after the other. */
export function encodeDataText({ root, isList, keys, rows }: DataText): string {
  const lengths = rows.map((row) => row.map((text) => text.length))
  return `${JSON.stringify([root, isList, keys, lengths])}\n${rows.map((row) => row.join('')).join('')}`
}

/** Throws for what is not such a text. */
export function decodeDataText(frame: string): DataText {
  const start = frame.indexOf('\n')
  const [root, isList, keys, lengths] = JSON.parse(frame.slice(0, start)) as [string, boolean, string[], number[][]]
  let at = start + 1
  const take = (length: number) => {
    at += length
    return frame.slice(at - length, at)
  }
  const rows = lengths.map((row) => row.map(take))
  if (at !== frame.length) throw new Error('The texts are not as long as they are said to be.')
  return { root, isList, keys, rows }
}
