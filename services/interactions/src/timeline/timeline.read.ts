import { mergedConnection, reads } from '@clientele/query-compiler'

export const timelineReads = [
  reads(
    'Customer',
    {
      timeline: mergedConnection({
        of: {
          VISIT: { type: 'Visit', at: 'occurred_at' },
          COMPLAINT: { type: 'Complaint', at: 'received_at' },
          CONTACT: { type: 'Contact', at: 'occurred_at' },
        },
        by: 'customerId',
        latest: 'occurredAt',
        concept: 'Timeline',
      }),
    },
    { keptIn: 'customer' },
  ),
]
