import { normalizeLine } from '@clientele/contracts'
import { Invalid } from '@clientele/kit/client'
import type { Format } from '../mapping/mapping-format.js'
import type { Cells } from '../mapping/template.js'
import { type CsvRecord, readRecords } from './csv-records.js'
import { decode, detectEncoding } from './encoding.js'
import { isErrorFileHeader, unescapeCell } from './error-file.js'
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

/** A CSV file whose header is known. */
export interface Table {
  file: string
  columns: readonly string[]
  encoding: string
  delimiter: string
  /** All rows from the start; can be read several times. */
  rows(): AsyncGenerator<Row>
}

const delimiterOf = { comma: ',', semicolon: ';', tab: '\t' }

/** A delimiter as options and messages call it: `semicolon`, or the sign itself. */
export const nameOf = (delimiter: string): string =>
  Object.entries(delimiterOf).find(([, sign]) => sign === delimiter)?.[0] ?? `"${delimiter}"`

/**
 * Opens a CSV file, plain or gzip; `signal` stops it while it is read.
 * Throws Invalid `file.encoding`, `file.gzip`, `file.empty`, `file.header`, `file.too_large` or `file.ratio`.
 */
export const openTable = async (file: string, format: Format, signal?: AbortSignal): Promise<Table> => {
  const bytes = () => readBytes(file, signal)
  const encoding = await detectEncoding(file, bytes, format.encoding)
  const start = await readStart(decode(file, bytes, encoding))
  const { line: ownLine = '', delimiter: named } = delimiterLine(start)
  const delimiter = format.delimiter === 'auto' ? (named ?? mostFrequent(start)) : delimiterOf[format.delimiter]
  const records = () => readRecords(withoutStart(decode(file, bytes, encoding), ownLine.length), delimiter)
  const header = await readHeader(file, records())
  const columns = header.cells.map((cell) => cell.trim())
  const isErrorFile = isErrorFileHeader(columns)
  const nulls = new Set(['', ...format.nulls])
  const toCell = (cell: string) => (nulls.has(normalizeLine(cell)) ? null : cell)

  const toRow = ({ line, cells, fault }: CsvRecord): Row | undefined => {
    if (fault && cells.length === 1) {
      return { line, cells: (cells[0] as string).split(delimiter).map(toCell), written: cells, fault }
    }
    if (!cells.some((cell) => cell.trim())) return undefined
    const written = isErrorFile ? cells.map(unescapeCell) : cells
    const row = { line, cells: written.map(toCell), written, ...(fault && { fault }) }
    const isRight = cells.length === columns.length || (cells.length > columns.length && isBlank(cells, columns.length))
    if (isRight || fault) return row
    return {
      ...row,
      fault: { reason: 'csv.columns', message: `has ${cells.length} cells, the header ${columns.length}` },
    }
  }

  async function* rows(): AsyncGenerator<Row> {
    let run: Run = { rows: 0, first: 0, last: 0 }
    for await (const record of records()) {
      const row = record.line === header.line ? undefined : toRow(record)
      if (!row) continue
      if (!row.fault) {
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
  return { file, columns, encoding, delimiter, rows }
}

/** Unreadable rows one behind the other, such as the inside of a cell with many lines. */
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

/** The text up to the end of the first line that is not empty, as far as a row may go. */
const readStart = async (text: AsyncIterable<string>): Promise<string> => {
  let start = ''
  for await (const chunk of text) {
    start += chunk
    if (start.length > fileLimits.row || /[^\r\n][\r\n]/.test(start)) break
  }
  return start
}

/** The first line by which Excel is told the delimiter, `sep=;`. It is no part of the table. */
const delimiterLine = (start: string): { line?: string; delimiter?: string } => {
  const [line, delimiter] = /^"?sep=([^\p{L}\p{N}"\r\n ])"?[,;\t]*(?=[\r\n]|$)/iu.exec(start) ?? []
  return line === undefined || delimiter === undefined ? {} : { line, delimiter }
}

async function* withoutStart(text: AsyncIterable<string>, length: number): AsyncGenerator<string> {
  let left = length
  for await (const chunk of text) {
    yield chunk.slice(left)
    left = Math.max(0, left - chunk.length)
  }
}

/** The delimiter that the first line has most of, outside of quotes. */
const mostFrequent = (start: string): string => {
  const line = start.split(/[\r\n]/).find((line) => line && !delimiterLine(line).line) ?? ''
  const header = line.replace(/"[^"]*"/g, '')
  const counted = Object.values(delimiterOf).map((delimiter) => [delimiter, header.split(delimiter).length] as const)
  return counted.toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? ','
}
