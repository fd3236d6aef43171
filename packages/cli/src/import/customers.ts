import type { Counts } from './counts.js'
import type { ErrorFile } from './files/error-file.js'
import type { Table } from './files/table.js'
import type { ImportStore } from './import-store.js'
import { fillRow, type Item, sendBack } from './item.js'
import type { Mapping } from './mapping/mapping.js'
import { checkRepetition } from './repetition.js'

/** The customers of a file, one per row; rows that cannot be sent go to the error file at once. */
export async function* readCustomers(
  table: Table,
  { row: template }: Mapping,
  errors: ErrorFile,
  counts: Counts,
  store: ImportStore,
): AsyncGenerator<Item> {
  for await (const row of table.rows()) {
    counts.rows++
    const head = fillRow(row, errors, template)
    const { value, faults } = head
    const externalId = String(value.externalId)
    const { fault, isRepeated = false } = faults.length ? {} : checkRepetition(store, externalId, value, row.line)
    if (fault) faults.push(fault)
    if (faults.length) {
      counts.rejected++
      sendBack([head], () => faults)
    } else {
      yield { externalId, input: value, head, lines: [], isRepeated }
    }
  }
}
