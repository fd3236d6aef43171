import { z } from 'zod'
import { complaintDecision, complaintSeverity, complaintStatus } from '../codes.js'
import { event } from '../event.js'
import { changedFields, code, customerId, entity, instant, staffId } from '../values.js'

const complaint = z.object({
  ...entity('complaint'),
  customerId,
  status: complaintStatus.describe('Status of the complaint after this change.'),
  severity: complaintSeverity.describe('How grave it is.'),
  category: code.describe('Code of what it is about.'),
  channel: code.describe('Code of the way it reached us.'),
  assigneeId: staffId.nullish().describe('Member of staff who handles it; null where nobody in particular does.'),
  receivedAt: instant.describe('When it was received.'),
  acknowledgeBy: instant.describe('Deadline for the acknowledgement.'),
  resolveBy: instant.describe('Deadline for the resolution.'),
  decision: complaintDecision.nullish().describe('The decision, once there is one.'),
  closedAt: instant.nullish().describe('When it was closed, while it is.'),
})

const complaintExample = {
  id: '0199a1b2-0000-7000-8000-000000000012',
  version: 1,
  customerId: '0199a1b2-0000-7000-8000-000000000001',
  status: 'RECEIVED' as const,
  severity: 'HIGH' as const,
  category: 'delivery.late',
  channel: 'phone',
  receivedAt: '2026-03-12T07:30:00.000Z',
  acknowledgeBy: '2026-03-13T07:30:00.000Z',
  resolveBy: '2026-03-26T07:30:00.000Z',
}

export const complaintReceived = event(
  'clientele.interactions.complaint.received.v1',
  'A complaint reached us by any channel.',
  complaint,
  complaintExample,
)

export const complaintAcknowledged = event(
  'clientele.interactions.complaint.acknowledged.v1',
  'The customer was told that the complaint is in hand.',
  complaint,
  { ...complaintExample, version: 2, status: 'ACKNOWLEDGED' },
)

export const complaintAssessed = event(
  'clientele.interactions.complaint.assessed.v1',
  'Severity, safety and responsibility of a complaint were judged.',
  complaint,
  { ...complaintExample, version: 3, status: 'ASSESSED' },
)

export const complaintInvestigationStarted = event(
  'clientele.interactions.complaint.investigation_started.v1',
  'The search for the cause of a complaint began.',
  complaint,
  { ...complaintExample, version: 4, status: 'INVESTIGATING' },
)

export const complaintCustomerAwaited = event(
  'clientele.interactions.complaint.customer_awaited.v1',
  'The customer was asked for something and the clock of the complaint stands still.',
  complaint,
  { ...complaintExample, version: 5, status: 'AWAITING_CUSTOMER' },
)

export const complaintCustomerReplied = event(
  'clientele.interactions.complaint.customer_replied.v1',
  'The customer answered: a question of ours, so that the clock runs on, or the decision.',
  complaint,
  { ...complaintExample, version: 6, status: 'INVESTIGATING' },
)

export const complaintResponseProposed = event(
  'clientele.interactions.complaint.response_proposed.v1',
  'A decision and a remedy were proposed inside the company.',
  complaint,
  { ...complaintExample, version: 6, status: 'RESPONSE_PROPOSED', decision: 'UPHELD' },
)

export const complaintDecisionCommunicated = event(
  'clientele.interactions.complaint.decision_communicated.v1',
  'The customer was told the decision.',
  complaint,
  { ...complaintExample, version: 7, status: 'DECISION_COMMUNICATED', decision: 'UPHELD' },
)

export const complaintClosed = event(
  'clientele.interactions.complaint.closed.v1',
  'A complaint ended: cause found, decision communicated, and the customer replied or let the time pass.',
  complaint,
  { ...complaintExample, version: 8, status: 'CLOSED', decision: 'UPHELD', closedAt: '2026-03-20T12:00:00.000Z' },
)

export const complaintReopened = event(
  'clientele.interactions.complaint.reopened.v1',
  'A complaint that was closed, or that repeated another one, was taken up again.',
  complaint,
  { ...complaintExample, version: 9, status: 'REOPENED', decision: null, closedAt: null },
)

export const complaintWithdrawn = event(
  'clientele.interactions.complaint.withdrawn.v1',
  'The customer took a complaint back.',
  complaint,
  { ...complaintExample, version: 3, status: 'WITHDRAWN' },
)

export const complaintMarkedDuplicate = event(
  'clientele.interactions.complaint.marked_duplicate.v1',
  'A complaint turned out to repeat another one, or repeats a third one now.',
  complaint,
  { ...complaintExample, version: 2, status: 'DUPLICATE' },
)

export const complaintUpdated = event(
  'clientele.interactions.complaint.updated.v1',
  'Details of a complaint changed and its status did not.',
  complaint.extend({ changedFields }),
  { ...complaintExample, version: 2, severity: 'CRITICAL', changedFields: ['severity', 'resolveBy'] },
)
