import { splitRecord } from './csv-cells.js'
import {
  behindUnclosedQuote,
  type CsvFault,
  cellTooLong,
  misplacedQuote,
  notRead,
  rowTooLong,
  unclosedQuote,
} from './csv-faults.js'
import { createLineSplitter, type Line } from './csv-lines.js'
import { endLine, isClean, isOpen, newQuotes, quotesOf, readQuotes } from './csv-quotes.js'
import { fileLimits } from './file-limits.js'

/** One record of a CSV file as read: its cells, or why it cannot be read. */
export interface CsvRecord {
  /** Number of the physical line that it starts on, from 1. */
  line: number
  /** Of a broken record: as far as they can be told. */
  cells: readonly string[]
  /** What is written, or its beginning, where the cells cannot be told for certain. */
  text?: string
  /** Set where the record is broken or too large. */
  fault?: CsvFault
}

type Limits = Pick<typeof fileLimits, 'cell' | 'row'>

/** How often the file is read again behind a quote that is never closed. */
const maxRecoveries = 3

/** How much is told of a row that is too long, to be recognised. */
const keptLength = 1_000

/**
 * Reads delimited text by the rules of RFC 4180. Lines between quotes that close are never read as records of their own, also where
 * the record is broken or too long: then it is told once. Of a quote that is never closed, the lines that a row could have
 * (`limits.row` characters) are refused, and reading goes on behind them. Empty lines are skipped. Each line is looked at a few
 * times in each of at most four passes, and about two records of `limits.row` characters are held.
 */
export async function* readRecords(
  open: () => AsyncIterable<string>,
  delimiter: string,
  limits: Limits = fileLimits,
): AsyncGenerator<CsvRecord> {
  let from = 1
  for (let recoveries = 0; ; recoveries++) {
    const lines = createLineSplitter(limits.row)
    const records = createRecordReader(from, delimiter, limits)
    let line = 1
    const read = (next: Line) => {
      const found = line < from ? none : records.push(next)
      if (!next.goesOn) line++
      return found
    }
    for await (const chunk of open()) {
      for (const next of lines.push(chunk)) {
        const found = read(next)
        if (found !== none) yield* found
      }
    }
    for (const next of lines.end()) yield* read(next)
    const unclosed = yield* records.end()
    if (!unclosed) return
    from = unclosed.behind
    if (recoveries < maxRecoveries) continue
    yield { line: from, cells: [], text: '', fault: notRead(unclosed.line) }
    return
  }
}

const none: readonly CsvRecord[] = []

const createRecordReader = (firstLine: number, delimiter: string, limits: Limits) => {
  let line = firstLine
  /** Lines of the record that is being read, as many as a row may have. */
  let lines: string[] = []
  let length = 0
  let quotes = newQuotes()
  /** How many of the lines are the record's in any case, where it is in doubt whether it goes on; else 0. */
  let certain = 0
  /** Up to this line it is known that nothing tells whether a doubtful record goes on. */
  let settled = 0
  let isTooLong = false
  /** Lines of a record that is too long, behind those that are held. */
  let skipped = 0
  /** Whether it begins with a line that is too long, of which only the beginning is held. */
  let isCut = false
  let isInLongLine = false

  function* take(next: string): Generator<CsvRecord> {
    const again = [next]
    for (let text = again.pop(); text !== undefined; text = again.pop()) {
      if (!text && !lines.length) {
        line++
      } else if (certain && isRecordOfItsOwn(text, delimiter)) {
        again.push(text)
        yield endInDoubt(again)
      } else if (isTooLong) {
        skipped++
        if (!goesOn(text)) yield finish()
      } else {
        lines.push(text)
        length += text.length + 1
        if (!goesOn(text)) yield finish()
        else if (length > limits.row + 1 && certain) yield endInDoubt(again)
        else isTooLong = length > limits.row + 1
      }
    }
  }

  /** Reads the quotes of the next line; tells whether the record may go on behind it. */
  const goesOn = (text: string): boolean => {
    const isClosing = certain ? quotesOf(text, delimiter, 'quoted') : undefined
    const isDecided = isClosing?.hasClosed && !isClosing.isMisplaced
    if (isDecided) quotes.place = 'quoted'
    readQuotes(quotes, text, delimiter)
    endLine(quotes)
    if (isDecided) quotes.isOddOpen = quotes.place === 'quoted'
    const state = isOpen(quotes)
    if (state === undefined && !isTooLong) {
      if (line + lines.length - 1 <= settled) return false
      certain ||= lines.length
    } else {
      certain = 0
    }
    return state !== false
  }

  const finish = (): CsvRecord => {
    const found = describe()
    line += lines.length + skipped
    lines = []
    length = 0
    quotes = newQuotes()
    certain = 0
    isTooLong = false
    isCut = false
    skipped = 0
    return found
  }

  const describe = (): CsvRecord => {
    const text = lines.length === 1 ? (lines[0] as string) : lines.join('\n')
    if (isTooLong || text.length > limits.row) {
      const start = text.slice(0, Math.min(keptLength, limits.row))
      return { line, cells: start.split(delimiter), text: start, fault: rowTooLong(limits.row) }
    }
    const cells = splitRecord(text, delimiter)
    return isClean(quotes) ? checked(line, cells, limits) : { line, cells, text, fault: misplacedQuote }
  }

  /** Nothing has shown that the record goes on: the lines behind it are read again. */
  const endInDoubt = (again: string[]): CsvRecord => {
    settled = line + lines.length - 1
    for (const text of lines.splice(certain).reverse()) again.push(text)
    return finish()
  }

  function* settle(): Generator<CsvRecord> {
    while (certain) {
      const again: string[] = []
      yield endInDoubt(again)
      for (const text of again.reverse()) yield* take(text)
    }
  }

  function* takeLong(text: string, hasMore: boolean): Generator<CsvRecord> {
    if (!isInLongLine) {
      yield* settle()
      if (lines.length) skipped++
      else {
        lines.push(text.slice(0, Math.min(keptLength, limits.row)))
        isCut = true
      }
      isTooLong = true
    }
    isInLongLine = hasMore
    readQuotes(quotes, text, delimiter)
    if (hasMore) return
    endLine(quotes)
    if (isOpen(quotes) === false) yield finish()
  }

  const push = ({ text, goesOn: hasMore }: Line): Iterable<CsvRecord> => {
    if (hasMore || isInLongLine) return takeLong(text, hasMore)
    if (lines.length || text.includes('"')) return take(text)
    if (!text) {
      line++
      return none
    }
    const found = [checked(line, text.split(delimiter), limits)]
    line++
    return found
  }

  /** The end of the text. Tells of a quote that is never closed, and which line is the first that cannot be of its row. */
  function* end(): Generator<CsvRecord, { line: number; behind: number } | undefined> {
    yield* settle()
    if (!lines.length) return
    const [first = '', ...others] = lines
    if (isCut) yield describe()
    else yield { line, cells: splitRecord(first, delimiter), text: first, fault: unclosedQuote }
    for (const [at, text] of others.entries()) if (text) yield suspect(text, line + at + 1, line)
    return isTooLong ? { line, behind: line + lines.length } : undefined
  }

  const suspect = (text: string, at: number, opened: number): CsvRecord => {
    const own = quotesOf(text, delimiter)
    const isWhole = isClean(own) && !isOpen(own)
    const fault = behindUnclosedQuote(opened)
    return { line: at, cells: splitRecord(text, delimiter), ...(!isWhole && { text }), fault }
  }

  return { push, end }
}

const checked = (line: number, cells: readonly string[], limits: Limits): CsvRecord => {
  const at = cells.findIndex((cell) => cell.length > limits.cell)
  return at < 0 ? { line, cells } : { line, cells, fault: cellTooLong(at, cells[at] as string, limits.cell) }
}

/** Whether a line can only stand outside of quotes: its own are right, and not when read from within. */
const isRecordOfItsOwn = (text: string, delimiter: string) =>
  text.includes('"') && isClean(quotesOf(text, delimiter)) && quotesOf(text, delimiter, 'quoted').isMisplaced
