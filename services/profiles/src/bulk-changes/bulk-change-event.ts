import { bulkChangeCancelled, bulkChangeFinished, bulkChangeUndone } from '@clientele/contracts'
import type { Transaction } from '@clientele/kit'
import { ownSettingsOf } from '../config.js'
import type { BulkChange } from './bulk-change.entity.js'
import { bulkChangeWorkflow } from './bulk-change.workflow.js'

const dayMs = 86_400_000

/** What every event of a bulk change says: codes and counts, nothing of the customers. */
export const dataOf = ({ kind, status, total, changed, unchanged, refused, undone, notUndone }: BulkChange) => ({
  ...{ kind, status, total, changed, unchanged, refused, undone, notUndone },
})

const events = { DONE: bulkChangeFinished, CANCELLED: bulkChangeCancelled, UNDONE: bulkChangeUndone } as const

/** Ends a bulk change, or its undoing, with the event. Throws CONFLICT `bulk_change.illegal_transition`. */
export const end = (tx: Transaction, bulk: BulkChange, as: keyof typeof events) => {
  bulkChangeWorkflow.move(bulk, as)
  bulk.endedAt = tx.now()
  // The end of an undoing gives no more time.
  bulk.undoUntil ??= new Date(tx.now().getTime() + ownSettingsOf(tx).BULK_CHANGE_UNDO_DAYS * dayMs)
  tx.emit(events[as], bulk, dataOf(bulk))
}
