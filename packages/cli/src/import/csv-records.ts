/** One record of a CSV file as read: its cells, or why it cannot be read. */
export interface CsvRecord {
  /** Number of the physical line that it starts on, from 1. */
  line: number
  cells: readonly string[]
  /** Set where the record is broken; `cells` then holds the line as written. */
  fault?: { reason: string; message: string }
}

/** A record that is longer is taken for an unclosed quote. */
const maxRecordLength = 1024 * 1024

/**
 * Reads delimited text by the rules of RFC 4180. A record with broken quotes costs its first line only: reading goes on
 * with the next, also where an unclosed quote would swallow the rest of the file. Empty lines are skipped.
 */
export async function* readRecords(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRecord> {
  const splitRecord = recordSplitter(delimiter)
  /** Lines that are read but do not yet make a whole record. */
  let pending: string[] = []
  let pendingLength = 0
  let isQuoteOpen = false
  let line = 1
  let width: number | undefined

  function* take(next: string): Generator<CsvRecord> {
    if (!pending.length && !next.includes('"')) {
      const cells = next.split(delimiter)
      if (next) width ??= cells.length
      if (next) yield { line, cells }
      line++
      return
    }
    pending.push(next)
    pendingLength += next.length + 1
    if (hasOddQuotes(next)) isQuoteOpen = !isQuoteOpen
    if (isQuoteOpen && pendingLength <= maxRecordLength) return
    yield* finish()
  }

  // What cannot be read as a record gives up its first line, and the lines behind that are looked at again.
  function* finish(): Generator<CsvRecord> {
    const lines = pending
    const cells = isQuoteOpen ? undefined : splitRecord(lines.join('\n'))
    width ??= cells?.length
    // Two stray quotes can hold many lines between them: the number of cells tells.
    const isWhole = cells && (lines.length === 1 || cells.length === width)
    const isUnclosed = isQuoteOpen || lines.length > 1
    pending = []
    pendingLength = 0
    isQuoteOpen = false
    if (isWhole) {
      yield { line, cells }
      line += lines.length
      return
    }
    yield { line, cells: [lines[0] as string], fault: isUnclosed ? unclosed : misplaced }
    line++
    for (const again of lines.slice(1)) yield* take(again)
  }

  for await (const next of readLines(text)) yield* take(next)
  while (pending.length) yield* finish()
}

const unclosed = { reason: 'csv.unclosed_quote', message: 'a quote is opened and never closed' }
const misplaced = { reason: 'csv.quote', message: 'a quote stands within a cell: quote the cell and double the quote' }

const hasOddQuotes = (text: string) => {
  let count = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++
  return count % 2 === 1
}

/** Splits one record into its cells; undefined where quotes stand in the wrong place. */
const recordSplitter = (delimiter: string) => {
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${delimiter}]*))(${delimiter}|$)`, 'y')
  return (text: string): string[] | undefined => {
    const cells: string[] = []
    for (cell.lastIndex = 0; ; ) {
      const match = cell.exec(text)
      if (!match) return undefined
      const [, quoted, bare, end] = match
      cells.push(quoted?.replaceAll('""', '"') ?? (bare as string))
      if (!end) return cells
    }
  }
}

async function* readLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  let separator: '\n' | '\r' | undefined
  for await (const chunk of text) {
    rest += chunk
    separator ??= rest.includes('\n') ? '\n' : rest.length > 65_536 && rest.includes('\r') ? '\r' : undefined
    if (!separator) continue
    const lines = rest.split(separator)
    rest = lines.pop() as string
    for (const line of lines) yield withoutReturn(line)
  }
  if (!separator && /\r./s.test(rest)) {
    const lines = rest.split('\r')
    rest = lines.pop() as string
    yield* lines
  }
  if (rest) yield withoutReturn(rest)
}

const withoutReturn = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line)
