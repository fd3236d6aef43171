import { Invalid } from '@clientele/kit'
import { type CsvRecord, readRecords } from './csv-records.js'
import { decode, detectEncoding } from './encoding.js'
import { isErrorFileHeader, unescapeCell } from './error-file.js'
import { readBytes } from './file-bytes.js'
import type { Format } from './mapping-format.js'
import type { Cells } from './template.js'

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

/** Opens a CSV file, plain or gzip. Throws Invalid `file.encoding`, `file.gzip`, `file.empty` or `file.header`. */
export const openTable = async (file: string, format: Format): Promise<Table> => {
  const bytes = () => readBytes(file)
  const encoding = await detectEncoding(file, bytes, format.encoding)
  const text = () => decode(file, bytes, encoding)
  const delimiter = format.delimiter === 'auto' ? await detectDelimiter(text()) : delimiterOf[format.delimiter]
  const header = await readHeader(file, readRecords(text(), delimiter))
  const columns = header.cells.map((cell) => cell.trim())
  const isErrorFile = isErrorFileHeader(columns)
  const nulls = new Set(['', ...format.nulls])
  const toCell = (cell: string) => (nulls.has(cell.trim()) ? null : cell)

  const toRow = ({ line, cells, fault }: CsvRecord): Row | undefined => {
    if (fault) return { line, cells: (cells[0] as string).split(delimiter).map(toCell), written: cells, fault }
    if (!cells.some((cell) => cell.trim())) return undefined
    const written = isErrorFile ? cells.map(unescapeCell) : cells
    const row = { line, cells: written.map(toCell), written }
    const isRight = cells.length === columns.length || (cells.length > columns.length && isBlank(cells, columns.length))
    if (isRight) return row
    return {
      ...row,
      fault: { reason: 'csv.columns', message: `has ${cells.length} cells, the header ${columns.length}` },
    }
  }

  async function* rows(): AsyncGenerator<Row> {
    for await (const record of readRecords(text(), delimiter)) {
      const row = record.line === header.line ? undefined : toRow(record)
      if (row) yield row
    }
  }
  return { file, columns, encoding, delimiter, rows }
}

const isBlank = (cells: readonly string[], from: number) => cells.slice(from).every((cell) => !cell.trim())

const readHeader = async (file: string, records: AsyncGenerator<CsvRecord>): Promise<CsvRecord> => {
  for await (const record of records) {
    if (!record.fault) return record
    const message = `The header of ${file} (line ${record.line}) cannot be read: ${record.fault.message}.`
    throw new Invalid(message, { reason: 'file.header' })
  }
  throw new Invalid(`${file} is empty: it needs a line with the names of its columns.`, { reason: 'file.empty' })
}

/** The delimiter that the first line has most of, outside of quotes. */
const detectDelimiter = async (text: AsyncIterable<string>): Promise<string> => {
  let start = ''
  for await (const chunk of text) {
    start += chunk
    if (/[^\r\n][\r\n]/.test(start)) break
  }
  const header = /[^\r\n]+/.exec(start)?.[0].replace(/"[^"]*"/g, '') ?? ''
  const counted = Object.values(delimiterOf).map((delimiter) => [delimiter, header.split(delimiter).length] as const)
  return counted.toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? ','
}
