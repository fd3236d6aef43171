import type { BulkChange } from './bulk-change.entity.js'

/** How many of its customers are still to be changed, or changed back; none where it has ended. */
export const remainingOf = ({ status, total, changed, unchanged, refused, undone, notUndone }: BulkChange): number => {
  if (status === 'RUNNING') return total - changed - unchanged - refused
  return status === 'UNDOING' ? changed - undone - notUndone : 0
}

const allOf = ({ status, total, changed }: BulkChange) =>
  status === 'UNDOING' || status === 'UNDONE' ? changed : total

const doneOf = (bulk: BulkChange) =>
  bulk.status === 'UNDOING' || bulk.status === 'UNDONE'
    ? bulk.undone + bulk.notUndone
    : bulk.changed + bulk.unchanged + bulk.refused

/** Which share of them has been gone through, from 0 to 1. */
export const progressOf = (bulk: BulkChange): number => (allOf(bulk) === 0 ? 1 : doneOf(bulk) / allOf(bulk))

/** How many customers a second it goes through, or went; 0 at its very beginning. */
export const rateOf = (bulk: BulkChange, now: Date): number => {
  const seconds = ((bulk.endedAt ?? now).getTime() - bulk.begunAt.getTime()) / 1_000
  return seconds > 0 ? doneOf(bulk) / seconds : 0
}
