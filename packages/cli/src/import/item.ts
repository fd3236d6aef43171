import type { ErrorFile } from './files/error-file.js'
import type { Row } from './files/table.js'
import { fillTemplate, type ObjectTemplate, type RowFault } from './mapping/template.js'

/** What the API says about one value: where it stands in the input of the item, and why. */
export interface ValueFault {
  /** `contactPoints.0.value`, or `contactPoints[0].value` */
  path: string
  reason: string
  message: string
}

/** A row of a file, and where it goes when it is not accepted. */
export interface SourceRow {
  row: Row
  errors: ErrorFile
  /** What it was filled into. */
  template: ObjectTemplate
}

/** One customer or purchase to import, with the rows that it was made of. */
export interface Item {
  externalId: string
  input: Record<string, unknown>
  head: SourceRow
  /** Of a purchase; the first may stand in the row of the head. */
  lines: readonly SourceRow[]
  /** Whether an equal one came before it: a dry run would create both. */
  isRepeated: boolean
}

/** A row with what its template makes of it. */
export interface FilledRow extends SourceRow {
  value: Record<string, unknown>
  /** With any of them the value is not fit to be sent. */
  faults: RowFault[]
}

export const fillRow = (row: Row, errors: ErrorFile, template: ObjectTemplate): FilledRow => {
  if (row.fault) return { row, errors, template, value: {}, faults: [{ column: '', ...row.fault }] }
  return { row, errors, template, ...fillTemplate(template, row.cells) }
}

/** Writes an item's rows to the error files: those that are to blame with what is wrong, the others because they belong to it. */
export const sendBack = (rows: readonly SourceRow[], faultsOf: (at: number) => readonly RowFault[]) => {
  const lines = rows.flatMap(({ row }, at) => (faultsOf(at).length ? [row.line] : []))
  const related = {
    column: '',
    reason: 'purchase.rejected',
    message: `belongs to a purchase that was refused because of line ${lines[0] ?? rows[0]?.row.line}`,
  }
  for (const [at, { row, errors }] of rows.entries()) {
    const faults = faultsOf(at)
    errors.write(row, faults.length ? faults : [related])
  }
}

/** The row and the column that the value at a path of an item's input comes from; an empty column where it is none alone. */
export const originOf = ({ head, lines }: Item, written: string): { row: Row; column: string } => {
  const path = written.replace(/\.(\d+)(?=\.|$)/g, '[$1]')
  const [, line, rest] = /^lines\[(\d+)\]\.?(.*)$/.exec(path) ?? []
  const source = (line !== undefined && lines[Number(line)]) || head
  return { row: source.row, column: columnAt(source, source === head ? path : (rest as string)) }
}

/** Writes a refused item to the error files; the columns are found from the paths of the faults. */
export const refuse = (item: Item, faults: readonly ValueFault[]) => {
  const { head, lines } = item
  const isOneFile = head.row === lines[0]?.row
  const rows = isOneFile ? lines : [head, ...lines]
  const found = faults.map(({ path, reason, message }) => {
    const { row, column } = originOf(item, path)
    return { row, fault: { column, reason, message } }
  })
  sendBack(rows, (at) => found.filter(({ row }) => row === rows[at]?.row).map(({ fault }) => fault))
}

// A fault may name a value, or an object whose values come from several columns: then the first of them is named.
const columnAt = ({ row, template }: SourceRow, path: string) => {
  const columns = new Map<string, string>()
  fillTemplate(template, row.cells, columns)
  const exact = columns.get(path)
  if (exact !== undefined || !path) return exact ?? ''
  const within = [...columns.keys()].find(
    (key) => key.startsWith(`${path}.`) || key.startsWith(`${path}[`) || path.startsWith(key),
  )
  return (within && columns.get(within)) ?? ''
}
