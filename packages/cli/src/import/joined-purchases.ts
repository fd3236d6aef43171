import { assemblePurchase } from './assemble-purchase.js'
import type { Counts } from './counts.js'
import type { ErrorFile } from './files/error-file.js'
import { fileLimits } from './files/file-limits.js'
import type { Table } from './files/table.js'
import type { ImportStore } from './import-store.js'
import { fillRow, type Item, sendBack } from './item.js'
import type { Mapping } from './mapping/mapping.js'
import type { RowFault } from './mapping/template.js'
import { tooManyRows } from './purchase-faults.js'
import { quoted } from './quoted.js'

/** A file, and where its rows go that are not accepted. */
export interface Source {
  table: Table
  errors: ErrorFile
}

/** The purchases of a file whose lines stand in another file, which is read before and waits in the store. */
export async function* readJoinedPurchases(
  file: Source,
  lineFile: Source,
  mapping: Mapping,
  counts: Counts,
  store: ImportStore,
): AsyncGenerator<Item> {
  const { fileKey, linesKey, keyColumn, template } = mapping.lines as NonNullable<Mapping['lines']>
  for await (const row of lineFile.table.rows()) {
    counts.rows++
    store.keep(row.cells[linesKey] ?? '', [row])
  }
  for await (const row of file.table.rows()) {
    counts.rows++
    const key = row.cells[fileKey] ?? ''
    const isFirst = store.addHead(key)
    const isTooMany = store.waitingRows(key) > fileLimits.purchaseRows
    const lines = isTooMany ? [] : store.take(key).map((line) => fillRow(line, lineFile.errors, template))
    const head = fillRow(row, file.errors, mapping.row)
    if (!isFirst) head.faults.push(repeatedKey(key, keyColumn))
    else if (isTooMany) head.faults.push(tooManyRows(keyColumn))
    else if (!lines.length && !head.faults.length) head.faults.push(withoutLines(key, keyColumn))
    const item = assemblePurchase({ head, lines, store, counts })
    if (item) yield item
  }
  for (const row of store.rest()) {
    counts.rejected++
    const key = row.cells[linesKey] ?? ''
    const fault = store.hasHead(key) ? tooManyRows(keyColumn) : withoutPurchase(key, keyColumn)
    sendBack([{ row, errors: lineFile.errors, template }], () => [row.fault ? { column: '', ...row.fault } : fault])
  }
}

const repeatedKey = (key: string, column: string): RowFault => ({
  column,
  reason: 'row.repeated',
  message: `${quoted(key)} has been read before, and its lines with it`,
})

const withoutLines = (key: string, column: string): RowFault => ({
  column,
  reason: 'purchase.no_lines',
  message: `${quoted(key)} has no lines in the lines file`,
})

const withoutPurchase = (key: string, column: string): RowFault => ({
  column,
  reason: 'line.no_purchase',
  message: `there is no purchase ${quoted(key)}`,
})
