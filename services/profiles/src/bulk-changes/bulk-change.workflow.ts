import type { BulkChangeStatus } from '@clientele/contracts'
import { workflow } from '@clientele/kit'

export const bulkChangeWorkflow = workflow<BulkChangeStatus>('bulk_change', {
  RUNNING: ['DONE', 'CANCELLED'],
  DONE: ['UNDOING'],
  CANCELLED: ['UNDOING'],
  UNDOING: ['UNDONE'],
  // What could not be changed back can be tried again.
  UNDONE: ['UNDOING'],
})
