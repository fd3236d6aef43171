import { policy } from '@clientele/kit'

/**
 * A bulk change is its author's. `start` is asked of each customer, beside the rules for changing one: sales change their own customers together,
 * those of their territory one by one.
 */
export const bulkChangePolicy = policy('BulkChange', {
  word: 'bulk_change',
  ownership: { owner: 'createdBy' },
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', steer: 'TENANT', start: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'OWN', steer: 'OWN', start: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: 'OWN', steer: 'OWN', start: 'OWN' },
  },
  onBehalf: { bulk_change: ['start'] },
  opens: {
    read: ['bulkChange', 'bulkChanges'],
    steer: ['cancelBulkChange', 'undoBulkChange'],
    start: ['previewBulkChange', 'startBulkChange'],
  },
  fields: {
    BulkChange: {
      PLAIN: [
        ...['kind', 'fields', 'tags', 'status', 'total', 'changed', 'unchanged', 'refused', 'undone', 'notUndone'],
        ...['progress', 'rate', 'remaining', 'endedAt', 'undoUntil', 'errors'],
      ],
    },
    BulkFieldValue: { PLAIN: ['field', 'value'] },
    BulkChangeError: { PLAIN: ['customerId', 'customer', 'code', 'reason', 'message'] },
    BulkChangePreview: { PLAIN: ['total', 'changing', 'unchanged', 'refusals', 'examples'] },
    BulkRefusal: { PLAIN: ['code', 'reason', 'message'] },
    BulkRefusals: { PLAIN: ['code', 'reason', 'message', 'count'] },
    BulkExample: { PLAIN: ['customerId', 'customer', 'differences', 'refusal'] },
    BulkDifference: { PLAIN: ['field', 'before', 'after'] },
  },
})
