import { byId, computed, connection, key, reads } from '@clientele/query-compiler'
import { staffBy } from '../staff/staff.read.js'

export const visitReads = [
  reads('Visit', {
    customer: key('customerId'),
    assignee: staffBy('assignee_id'),
    rescheduleCount: computed((visit) => `jsonb_array_length(${visit}.reschedules)`),
    occurredAt: computed((visit) => `${visit}.occurred_at`),
  }),
  reads('Customer', { visits: connection('Visit', { by: 'customerId', orderBy: [['plannedStart', 'desc']] }) }),
  reads('Query', { visit: byId('Visit'), visits: connection('Visit', { orderBy: [['plannedStart', 'desc']] }) }),
]
