import { assemblePurchase } from './assemble-purchase.js'
import type { Counts } from './counts.js'
import type { ErrorFile } from './error-file.js'
import { fillRow, type Item, sendBack } from './item.js'
import type { Mapping } from './mapping.js'
import { createRepetitionCheck } from './repetition.js'
import type { Row, Table } from './table.js'
import type { RowFault } from './template.js'
import { checkWaiting } from './waiting-rows.js'

/** A file, and where its rows go that are not accepted. */
export interface Source {
  table: Table
  errors: ErrorFile
}

/** The purchases of a file whose lines stand in another file, which is held in memory. */
export async function* readJoinedPurchases(
  file: Source,
  lineFile: Source,
  mapping: Mapping,
  counts: Counts,
): AsyncGenerator<Item> {
  const { fileKey, linesKey, keyColumn, template } = mapping.lines as NonNullable<Mapping['lines']>
  const repetition = createRepetitionCheck()
  const linesOf = await readLines(lineFile.table, linesKey, counts)
  const used = new Set<string>()
  for await (const row of file.table.rows()) {
    counts.rows++
    const key = row.cells[fileKey] ?? ''
    const lines = (linesOf.get(key) ?? []).map((line) => fillRow(line, lineFile.errors, template))
    const head = fillRow(row, file.errors, mapping.row)
    if (used.has(key)) head.faults.push(repeatedKey(key, keyColumn))
    else if (!lines.length && !head.faults.length) head.faults.push(withoutLines(key, keyColumn))
    const item = await assemblePurchase({ head, lines: used.has(key) ? [] : lines, repetition, counts })
    used.add(key)
    if (item) yield item
  }
  for (const [key, rows] of linesOf) {
    if (used.has(key)) continue
    for (const row of rows) {
      counts.rejected++
      const fault = row.fault ? { column: '', ...row.fault } : withoutPurchase(key, keyColumn)
      await sendBack([{ row, errors: lineFile.errors, template }], () => [fault])
    }
  }
}

const readLines = async (table: Table, key: number, counts: Counts) => {
  const linesOf = new Map<string, Row[]>()
  let waiting = 0
  for await (const row of table.rows()) {
    counts.rows++
    checkWaiting(table.file, ++waiting)
    const value = row.cells[key] ?? ''
    const rows = linesOf.get(value)
    if (rows) rows.push(row)
    else linesOf.set(value, [row])
  }
  return linesOf
}

const repeatedKey = (key: string, column: string): RowFault => ({
  column,
  reason: 'row.repeated',
  message: `"${key}" has been read before, and its lines with it`,
})

const withoutLines = (key: string, column: string): RowFault => ({
  column,
  reason: 'purchase.no_lines',
  message: `"${key}" has no lines in the lines file`,
})

const withoutPurchase = (key: string, column: string): RowFault => ({
  column,
  reason: 'line.no_purchase',
  message: `there is no purchase "${key}"`,
})
