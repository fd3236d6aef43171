import type { Counts } from './counts.js'
import type { ImportStore } from './import-store.js'
import { type FilledRow, type Item, sendBack } from './item.js'
import type { RowFault } from './mapping/template.js'
import { checkRepetition } from './repetition.js'

interface Parts {
  head: FilledRow
  lines: readonly FilledRow[]
  store: ImportStore
  counts: Counts
}

/** One purchase of its rows; nothing where any of them is wrong: without it the purchase would be another. */
export const assemblePurchase = ({ head, lines, store, counts }: Parts): Item | undefined => {
  const isOneFile = head.row === lines[0]?.row
  const rows = isOneFile ? lines : [head, ...lines]
  const externalId = String(head.value.externalId)
  const input = { ...head.value, lines: lines.map(({ value }) => value) }
  const isFaulty = head.faults.length > 0 || lines.some(({ faults }) => faults.length)
  const { fault, isRepeated = false } = isFaulty ? {} : checkRepetition(store, externalId, input, head.row.line)
  if (!isFaulty && !fault) return { externalId, input, head, lines, isRepeated }
  counts.rejected++
  const faultsOf = (row: FilledRow): RowFault[] => [
    ...(row.row === head.row ? [...head.faults, ...(fault ? [fault] : [])] : []),
    ...(row === head ? [] : row.faults),
  ]
  sendBack(rows, (at) => unique(faultsOf(rows[at] as FilledRow)))
  return undefined
}

// A row that cannot be read is no head and no line, for the same reason.
const unique = (faults: readonly RowFault[]) => [
  ...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values(),
]
