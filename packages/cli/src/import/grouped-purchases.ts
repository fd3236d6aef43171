import { assemblePurchase } from './assemble-purchase.js'
import type { Counts } from './counts.js'
import type { ErrorFile } from './files/error-file.js'
import { fileLimits } from './files/file-limits.js'
import type { Row, Table } from './files/table.js'
import type { ImportStore } from './import-store.js'
import { type FilledRow, fillRow, type Item, sendBack } from './item.js'
import type { Mapping } from './mapping/mapping.js'
import type { RowFault } from './mapping/template.js'
import { tooManyRows } from './purchase-faults.js'

/**
 * The purchases of one file with a row per line. The file is read twice, so that a purchase is sent once and whole, also
 * where its rows do not stand together.
 */
export async function* readGroupedPurchases(
  table: Table,
  mapping: Mapping,
  errors: ErrorFile,
  counts: Counts,
  store: ImportStore,
): AsyncGenerator<Item> {
  const { fileKey, keyColumn, template } = mapping.lines as NonNullable<Mapping['lines']>
  for await (const { key, rows } of runsOf(table, fileKey)) if (key !== null) store.countRows(key, rows.length)
  for await (const { key, rows: run } of runsOf(table, fileKey)) {
    counts.rows += run.length
    const { total, missing } = key === null ? { total: 0, missing: 0 } : store.arrive(key, run.length)
    if (key === null || total > fileLimits.purchaseRows) {
      const problem = key === null ? withoutKey(keyColumn) : tooManyRows(keyColumn)
      for (const row of run) {
        counts.rejected++
        const fault = row.fault ? { column: '', ...row.fault } : problem
        sendBack([{ row, errors, template }], () => [fault])
      }
    } else if (missing) {
      store.keep(key, run)
    } else {
      const rows = total === run.length ? run : [...store.take(key), ...run]
      const lines = rows.map((each) => fillRow(each, errors, template))
      const heads = rows.map((each) => fillRow(each, errors, mapping.row))
      const item = assemblePurchase({ head: agreedHead(heads, lines), lines, store, counts })
      if (item) yield item
    }
  }
}

/** Rows of one key that stand together, at most as many as a purchase may have. */
async function* runsOf(table: Table, key: number): AsyncGenerator<{ key: string | null; rows: Row[] }> {
  let run: { key: string | null; rows: Row[] } | undefined
  for await (const row of table.rows()) {
    const value = row.cells[key] ?? null
    if (run && (run.key !== value || value === null || run.rows.length === fileLimits.purchaseRows)) {
      yield run
      run = undefined
    }
    run ??= { key: value, rows: [] }
    run.rows.push(row)
  }
  if (run) yield run
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
