import { splitRecord } from './csv-cells.js'

/** Where the next line end outside of quotes stands; -1 where there is none. */
export const lineEndOutside = (text: string, from = 0): number => {
  let isQuoted = false
  for (let at = from; at < text.length; at++) {
    const sign = text[at]
    if (sign === '"') isQuoted = !isQuoted
    else if (!isQuoted && (sign === '\n' || sign === '\r')) return at
  }
  return -1
}

/** What rows end with: a line feed where one stands outside of quotes, else a carriage return; undefined where neither does. */
export const rowEndOf = (text: string): '\n' | '\r' | undefined => {
  let hasReturn = false
  for (let at = lineEndOutside(text); at >= 0; at = lineEndOutside(text, at + 1)) {
    if (text[at] === '\n') return '\n'
    hasReturn ||= at + 1 < text.length
  }
  return hasReturn ? '\r' : undefined
}

/** Whether the text has a first record and its line end. */
export const hasFirstRecord = (text: string): boolean => {
  const end = lineEndOutside(text, /[^\r\n]/.exec(text)?.index ?? text.length)
  // Behind a carriage return a line feed may follow.
  return end >= 0 && (text[end] === '\n' || end + 1 < text.length)
}

/** The first line by which Excel is told the delimiter, `sep=;`. It is no part of the table. */
export const delimiterLine = (start: string): { line?: string; delimiter?: string } => {
  const [line, delimiter] = /^"?sep=([^\p{L}\p{N}"\r\n ])"?[,;\t]*(?=[\r\n]|$)/iu.exec(start) ?? []
  return line === undefined || delimiter === undefined ? {} : { line, delimiter }
}

/** The delimiter under which the header has most of the `wanted` columns, and of those the one that it has most of outside of quotes. */
export const delimiterOfHeader = (start: string, delimiters: readonly string[], wanted: readonly string[]): string => {
  const from = /[^\r\n]/.exec(start)?.index ?? 0
  const end = lineEndOutside(start, from)
  const header = start.slice(from, end < 0 ? undefined : end)
  const bare = header.replace(/"[^"]*"/g, '')
  const counted = delimiters.map((delimiter) => {
    const names = new Set(splitRecord(header, delimiter).map((name) => name.trim()))
    return { delimiter, found: wanted.filter((name) => names.has(name)).length, parts: bare.split(delimiter).length }
  })
  return counted.toSorted((a, b) => b.found - a.found || b.parts - a.parts)[0]?.delimiter ?? ','
}
