import { createLineSplitter, type Line } from './csv-lines.js'
import { fileLimits } from './file-limits.js'

/** One record of a CSV file as read: its cells, or why it cannot be read. */
export interface CsvRecord {
  /** Number of the physical line that it starts on, from 1. */
  line: number
  cells: readonly string[]
  /** Set where the record is broken or too large; `cells` then holds the line as written. */
  fault?: { reason: string; message: string }
}

type Limits = Pick<typeof fileLimits, 'cell' | 'row'>

/**
 * Reads delimited text by the rules of RFC 4180. A record with broken quotes costs its first line only: reading goes on
 * with the next, also where an unclosed quote would swallow the rest of the file. Empty lines are skipped. Each line is
 * looked at three times at most, and no more than one record of `limits.row` characters is held.
 */
export async function* readRecords(
  text: AsyncIterable<string>,
  delimiter: string,
  limits: Limits = fileLimits,
): AsyncGenerator<CsvRecord> {
  const lines = createLineSplitter(limits.row)
  const records = createRecordReader(delimiter, limits)
  for await (const chunk of text) {
    for (const line of lines.push(chunk)) {
      const found = records.push(line)
      if (found !== none) yield* found
    }
  }
  for (const line of lines.end()) yield* records.push(line)
  yield* records.end()
}

const none: readonly CsvRecord[] = []

const createRecordReader = (delimiter: string, limits: Limits) => {
  /** Lines that are read but do not yet make a whole record. */
  let pending: string[] = []
  let pendingLength = 0
  let isQuoteOpen = false
  let line = 1
  let width: number | undefined

  const record = (cells: readonly string[]): CsvRecord => {
    const at = cells.findIndex((cell) => cell.length > limits.cell)
    return at < 0 ? { line, cells } : { line, cells, fault: cellTooLong(at, cells[at] as string, limits.cell) }
  }

  /** Reads one line; what cannot be read as a record gives up its first line, and the lines behind that are looked at again. */
  function* take(next: string): Generator<CsvRecord> {
    const again = [next]
    for (let text = again.pop(); text !== undefined; text = again.pop()) {
      if (!text && !pending.length) {
        line++
        continue
      }
      pending.push(text)
      pendingLength += text.length + 1
      if (hasOddQuotes(text)) isQuoteOpen = !isQuoteOpen
      if (isQuoteOpen && pendingLength <= limits.row) continue
      yield* finish(again)
    }
  }

  function* finish(again: string[]): Generator<CsvRecord> {
    const lines = pending
    const cells = isQuoteOpen ? undefined : splitRecord(lines.join('\n'), delimiter)
    width ??= cells?.length
    // Two stray quotes can hold many lines between them: the number of cells tells.
    const isWhole = cells && (lines.length === 1 || cells.length === width)
    const isUnclosed = isQuoteOpen || lines.length > 1
    pending = []
    pendingLength = 0
    isQuoteOpen = false
    if (isWhole) {
      yield record(cells)
      line += lines.length
      return
    }
    yield { line, cells: [lines[0] as string], fault: isUnclosed ? unclosed : misplaced }
    line++
    for (let at = lines.length - 1; at > 0; at--) again.push(lines[at] as string)
  }

  function* flush(): Generator<CsvRecord> {
    const again: string[] = []
    while (pending.length) {
      yield* finish(again)
      for (let text = again.pop(); text !== undefined; text = again.pop()) yield* take(text)
    }
  }

  const push = ({ text, tooLong }: Line): Iterable<CsvRecord> => {
    if (tooLong) return skip(text)
    if (pending.length || text.includes('"')) return take(text)
    if (!text) {
      line++
      return none
    }
    const found = record(text.split(delimiter))
    width ??= found.cells.length
    line++
    return [found]
  }

  function* skip(text: string): Generator<CsvRecord> {
    yield* flush()
    yield { line, cells: [text], fault: rowTooLong(limits.row) }
    line++
  }

  return { push, end: flush }
}

const unclosed = { reason: 'csv.unclosed_quote', message: 'a quote is opened and never closed' }
const misplaced = { reason: 'csv.quote', message: 'a quote stands within a cell: quote the cell and double the quote' }

const rowTooLong = (limit: number) => ({
  reason: 'csv.row_too_long',
  message: `is longer than ${limit} characters; only its beginning is shown here, so correct it in the file itself`,
})

const cellTooLong = (at: number, { length }: string, limit: number) => ({
  reason: 'csv.cell_too_long',
  message: `cell ${at + 1} has ${length} characters, and a cell at most ${limit}`,
})

const hasOddQuotes = (text: string) => {
  let count = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++
  return count % 2 === 1
}

/** Splits one record into its cells; undefined where quotes stand in the wrong place. */
const splitRecord = (text: string, delimiter: string): string[] | undefined => {
  const cells: string[] = []
  for (let from = 0; ; ) {
    let end: number
    if (text[from] === '"') {
      const close = closingQuote(text, from + 1)
      if (close < 0) return undefined
      cells.push(text.slice(from + 1, close).replaceAll('""', '"'))
      end = close + 1
    } else {
      const found = text.indexOf(delimiter, from)
      end = found < 0 ? text.length : found
      const cell = text.slice(from, end)
      if (cell.includes('"')) return undefined
      cells.push(cell)
    }
    if (end === text.length) return cells
    if (text[end] !== delimiter) return undefined
    from = end + 1
  }
}

const closingQuote = (text: string, from: number): number => {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at
  }
  return -1
}
