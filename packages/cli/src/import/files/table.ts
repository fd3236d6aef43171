import { normalizeLine } from '@clientele/contracts'
import { Invalid } from '@clientele/kit/client'
import type { Format } from '../mapping/mapping-format.js'
import type { Cells } from '../mapping/template.js'
import { type CsvRecord, readRecords } from './csv-records.js'
import { delimiterLine, delimiterOfHeader, hasFirstRecord } from './csv-start.js'
import { decode, detectEncoding } from './encoding.js'
import { findFactColumns, unescapeCell } from './error-columns.js'
import { readBytes } from './file-bytes.js'
import { fileLimits } from './file-limits.js'

/** A row of a file. */
export interface Row {
  line: number
  /** By position of the column; null where a cell is empty. Of a row that cannot be read: as far as it can be guessed. */
  cells: Cells
  /** As written, for the error file. */
  written: readonly string[]
  /** Set where the row cannot be read. */
  fault?: { reason: string; message: string }
}

/** A CSV file whose header is known. Of an error file of ours: what it was made of, without the columns that it tells the faults in. */
export interface Table {
  file: string
  columns: readonly string[]
  encoding: string
  delimiter: string
  /** `\r\n` or `\n` */
  lineEnd: string
  /** All rows from the start; can be read several times. */
  rows(): AsyncGenerator<Row>
}

const delimiterOf = { comma: ',', semicolon: ';', tab: '\t' }

/** A delimiter as options and messages call it: `semicolon`, or the sign itself. */
export const nameOf = (delimiter: string): string =>
  Object.entries(delimiterOf).find(([, sign]) => sign === delimiter)?.[0] ?? `"${delimiter}"`

/**
 * Opens a CSV file, plain or gzip; `signal` stops it while it is read. A delimiter that nobody names is the one under which the header has
 * the `wanted` columns. `onRead` is told of the bytes that are read of the rows, as often as they are read.
 * Throws Invalid `file.encoding`, `file.gzip`, `file.empty`, `file.header`, `file.too_large` or `file.ratio`.
 */
export const openTable = async (
  file: string,
  format: Format,
  signal?: AbortSignal,
  wanted: readonly string[] = [],
  onRead?: (bytes: number) => void,
): Promise<Table> => {
  const bytes = () => readBytes(file, signal)
  const counted = () => readBytes(file, signal, fileLimits, onRead)
  const encoding = await detectEncoding(file, bytes, format.encoding)
  const start = await readStart(decode(file, bytes, encoding))
  const { line: ownLine = '', delimiter: told } = delimiterLine(start)
  const headerDelimiter = () => delimiterOfHeader(start.slice(ownLine.length), Object.values(delimiterOf), wanted)
  const delimiter = format.delimiter === 'auto' ? (told ?? headerDelimiter()) : delimiterOf[format.delimiter]
  const records = (from: typeof bytes) =>
    readRecords(() => withoutStart(decode(file, from, encoding), ownLine.length), delimiter)
  const header = await readHeader(file, records(bytes))
  const names = header.cells.map((cell) => cell.trim())
  const facts = findFactColumns(names)
  const original = (cells: readonly string[]) =>
    facts ? cells.filter((_, at) => !facts.includes(at)).map(unescapeCell) : cells
  const columns = original(names)
  const nulls = new Set(['', ...format.nulls])
  const toCell = (cell: string) => (nulls.has(normalizeLine(cell)) ? null : cell)

  // A header may end with delimiters that name nothing; its rows need not have them.
  const named = names.findLastIndex((name) => name) + 1

  const toRow = ({ line, cells, text, fault }: CsvRecord): Row | undefined => {
    const own = original(cells)
    if (!fault && !cells.some((cell) => cell.trim())) return undefined
    const row = { line, cells: own.map(toCell), written: text === undefined ? own : [text] }
    if (fault) return { ...row, fault }
    if (cells.length >= named && isBlank(cells, names.length)) return row
    return {
      ...row,
      fault: { reason: 'csv.columns', message: `has ${cells.length} cells, the header ${names.length}` },
    }
  }

  async function* rows(): AsyncGenerator<Row> {
    let run: Run = { rows: 0, first: 0, last: 0 }
    for await (const record of records(counted)) {
      const row = record.line === header.line ? undefined : toRow(record)
      if (!row) continue
      if (!row.fault || row.written.length === columns.length) {
        if (run.rows > fileLimits.unreadableRun) yield unreadableRun(run)
        run = { rows: 0, first: 0, last: 0 }
        yield row
      } else if (++run.rows <= fileLimits.unreadableRun) {
        yield row
      } else {
        run.first ||= row.line
        run.last = row.line
      }
    }
    if (run.rows > fileLimits.unreadableRun) yield unreadableRun(run)
  }
  return { file, columns, encoding, delimiter, lineEnd: /\r?\n/.exec(start)?.[0] ?? '\n', rows }
}

/** Unreadable rows one behind the other, such as those of another file that stands within this one. */
interface Run {
  rows: number
  /** Lines of the first and the last one that is not told for itself. */
  first: number
  last: number
}

const unreadableRun = ({ first, last }: Run): Row => ({
  line: first,
  cells: [],
  written: [],
  fault: {
    reason: 'csv.unreadable',
    message: `lines ${first} to ${last} cannot be read either, after ${fileLimits.unreadableRun} before them; correct them in the file itself`,
  },
})

const isBlank = (cells: readonly string[], from: number) => cells.slice(from).every((cell) => !cell.trim())

const readHeader = async (file: string, records: AsyncGenerator<CsvRecord>): Promise<CsvRecord> => {
  for await (const record of records) {
    if (!record.fault) return record
    const message = `The header of ${file} (line ${record.line}) cannot be read: ${record.fault.message}.`
    throw new Invalid(message, { reason: 'file.header' })
  }
  throw new Invalid(`${file} is empty: it needs a line with the names of its columns.`, { reason: 'file.empty' })
}

/** The text up to the end of the first record, the line end included, as far as a row may go. */
const readStart = async (text: AsyncIterable<string>): Promise<string> => {
  let start = ''
  for await (const chunk of text) {
    start += chunk
    if (start.length > fileLimits.row || hasFirstRecord(start)) break
  }
  return start
}

async function* withoutStart(text: AsyncIterable<string>, length: number): AsyncGenerator<string> {
  let left = length
  for await (const chunk of text) {
    yield chunk.slice(left)
    left = Math.max(0, left - chunk.length)
  }
}
