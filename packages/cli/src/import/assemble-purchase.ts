import type { Counts } from './counts.js'
import { type FilledRow, type Item, sendBack } from './item.js'
import type { RepetitionCheck } from './repetition.js'
import type { RowFault } from './template.js'

interface Parts {
  head: FilledRow
  lines: readonly FilledRow[]
  repetition: RepetitionCheck
  counts: Counts
}

/** One purchase of its rows; nothing where any of them is wrong: without it the purchase would be another. */
export const assemblePurchase = async ({ head, lines, repetition, counts }: Parts): Promise<Item | undefined> => {
  const isOneFile = head.row === lines[0]?.row
  const rows = isOneFile ? lines : [head, ...lines]
  const externalId = String(head.value.externalId)
  const input = { ...head.value, lines: lines.map(({ value }) => value) }
  const isFaulty = head.faults.length > 0 || lines.some(({ faults }) => faults.length)
  const repeated = isFaulty ? undefined : repetition(externalId, input, head.row.line)
  if (!isFaulty && !repeated) return { externalId, input, head, lines }
  counts.rejected++
  const faultsOf = (row: FilledRow): RowFault[] => [
    ...(row.row === head.row ? [...head.faults, ...(repeated ? [repeated] : [])] : []),
    ...(row === head ? [] : row.faults),
  ]
  await sendBack(rows, (at) => unique(faultsOf(rows[at] as FilledRow)))
  return undefined
}

// A row that cannot be read is no head and no line, for the same reason.
const unique = (faults: readonly RowFault[]) => [
  ...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values(),
]
