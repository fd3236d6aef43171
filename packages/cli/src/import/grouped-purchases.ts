import { assemblePurchase } from './assemble-purchase.js'
import type { Counts } from './counts.js'
import type { ErrorFile } from './error-file.js'
import { type FilledRow, fillRow, type Item, sendBack } from './item.js'
import type { Mapping } from './mapping.js'
import { createRepetitionCheck } from './repetition.js'
import type { Row, Table } from './table.js'
import type { RowFault } from './template.js'
import { checkWaiting } from './waiting-rows.js'

/**
 * The purchases of one file with a row per line. The file is read twice, so that a purchase is sent once and whole, also
 * where its rows do not stand together.
 */
export async function* readGroupedPurchases(
  table: Table,
  errors: ErrorFile,
  mapping: Mapping,
  counts: Counts,
): AsyncGenerator<Item> {
  const { fileKey, keyColumn, template } = mapping.lines as NonNullable<Mapping['lines']>
  const total = await countRows(table, fileKey)
  const repetition = createRepetitionCheck()
  const open = new Map<string, Row[]>()
  let waiting = 0
  for await (const row of table.rows()) {
    counts.rows++
    const key = row.cells[fileKey] ?? null
    if (key === null) {
      counts.rejected++
      const fault = row.fault ? { column: '', ...row.fault } : withoutKey(keyColumn)
      await sendBack([{ row, errors, template }], () => [fault])
      continue
    }
    const rows = open.get(key) ?? []
    rows.push(row)
    open.set(key, rows)
    checkWaiting(table.file, ++waiting)
    if (rows.length < (total.get(key) ?? 0)) continue
    open.delete(key)
    waiting -= rows.length
    const lines = rows.map((each) => fillRow(each, errors, template))
    const head = agreedHead(
      rows.map((each) => fillRow(each, errors, mapping.row)),
      lines,
    )
    const item = await assemblePurchase({ head, lines, repetition, counts })
    if (item) yield item
  }
}

/** What the first row says of the purchase. What is wrong with the heads of the others is noted at their lines. */
const agreedHead = (heads: readonly FilledRow[], lines: readonly FilledRow[]): FilledRow => {
  const [first, ...others] = heads as [FilledRow, ...FilledRow[]]
  for (const [at, head] of others.entries()) {
    const faults = lines[at + 1]?.faults
    const isOther = !first.faults.length && !head.faults.length && customerOf(head) !== customerOf(first)
    faults?.push(...head.faults, ...(isOther ? [otherCustomer(first.row.line)] : []))
  }
  return first
}

const customerOf = ({ value }: FilledRow) => (value.customer as { externalId?: unknown } | undefined)?.externalId

const countRows = async (table: Table, key: number) => {
  const total = new Map<string, number>()
  for await (const { cells } of table.rows()) {
    const value = cells[key] ?? null
    if (value !== null) total.set(value, (total.get(value) ?? 0) + 1)
  }
  return total
}

const withoutKey = (column: string): RowFault => ({
  column,
  reason: 'cell.empty',
  message: 'is empty, so nobody knows which purchase the row belongs to',
})

const otherCustomer = (line: number): RowFault => ({
  column: '',
  reason: 'purchase.customers',
  message: `names another customer than line ${line} of the same purchase`,
})
