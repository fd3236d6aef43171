import {
  complaintAcknowledged,
  complaintAssessed,
  complaintClosed,
  complaintCustomerAwaited,
  complaintDecisionCommunicated,
  complaintInvestigationStarted,
  complaintMarkedDuplicate,
  complaintReceived,
  complaintReopened,
  complaintResponseProposed,
  complaintUpdated,
  complaintWithdrawn,
  endedComplaintStatuses,
} from '@clientele/contracts'
import { consumeBatch } from '@clientele/kit'
import { noteOccurrences } from '../automation-runs/occurrence.actions.js'
import { evaluateCustomers } from '../memberships/evaluation.actions.js'
import { complaintFacts, isCounted } from './complaint-facts.js'
import { keepSources, type SourceTable } from './facts.actions.js'

const complaints: SourceTable = {
  table: complaintFacts,
  columns: { status: 'text', severity: 'text', received_at: 'timestamptz' },
  recompute: `
    update customer_facts f set
      complaint_count = coalesce(c.total, 0), open_complaints = coalesce(c.open, 0),
      last_complaint_at = c.last_at, last_complaint_severity = c.last_severity, as_of = ?::timestamptz
    from unnest(?::uuid[]) as k(id) left join (
      select customer_id, count(*) as total,
        count(*) filter (where status <> all('{${endedComplaintStatuses.join(',')}}')) as open, max(received_at) as last_at,
        (array_agg(severity order by received_at desc, id desc))[1] as last_severity
      from ${complaintFacts} one where customer_id = any(?::uuid[]) and ${isCounted('one')} group by customer_id
    ) c on c.customer_id = k.id
    where f.id = k.id`,
}

/** Keeps number, openness, date and severity of complaints, and moves customers between segments. */
export const keepComplaintFacts = consumeBatch(
  'segmentation-complaint-facts',
  [
    complaintReceived,
    complaintAcknowledged,
    complaintAssessed,
    complaintInvestigationStarted,
    complaintCustomerAwaited,
    complaintResponseProposed,
    complaintDecisionCommunicated,
    complaintClosed,
    complaintReopened,
    complaintWithdrawn,
    complaintMarkedDuplicate,
    complaintUpdated,
  ],
  async (tx, events) => {
    const customers = await keepSources(
      tx,
      complaints,
      events.map(({ data: { id, version, customerId, status, severity, receivedAt } }) => ({
        ...{ id, version, customerId, status, severity },
        received_at: receivedAt,
      })),
    )
    await evaluateCustomers(tx, customers)
    await noteOccurrences(tx, events)
  },
)
