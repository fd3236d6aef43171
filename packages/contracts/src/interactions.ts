import { z } from 'zod'
import {
  complaintDecision,
  complaintSeverity,
  complaintStatus,
  contactDirection,
  contactKind,
  contactStatus,
  visitMode,
  visitStatus,
} from './codes.js'
import { event } from './event.js'
import { automationActionAnsweredBy } from './segmentation/automation-action.js'
import { changedFields, code, customerId, entity, instant, staffId } from './values.js'

export * from './interactions/calendar-feeds.js'
export * from './interactions/files.js'
export * from './interactions/notifications.js'
export * from './interactions/tasks.js'

const visit = z.object({
  ...entity('visit'),
  customerId,
  status: visitStatus.describe('Status of the visit after this change.'),
  mode: visitMode.describe('How the customer is met.'),
  plannedStart: instant.describe('Planned start.'),
  plannedEnd: instant.describe('Planned end.'),
  assigneeId: staffId.nullable().describe('Member of staff who makes the visit.'),
  actualEnd: instant.nullish().describe('When it ended, once it has.'),
})

const visitExample = {
  id: '0199a1b2-0000-7000-8000-000000000011',
  version: 1,
  customerId: '0199a1b2-0000-7000-8000-000000000001',
  status: 'PLANNED' as const,
  mode: 'ONSITE' as const,
  plannedStart: '2026-03-10T09:00:00.000Z',
  plannedEnd: '2026-03-10T10:00:00.000Z',
  assigneeId: '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11',
}

export const visitPlanned = event(
  'clientele.interactions.visit.planned.v1',
  'A visit was planned.',
  visit,
  visitExample,
)

export const visitRescheduled = event(
  'clientele.interactions.visit.rescheduled.v1',
  'A visit was moved to another time.',
  visit,
  { ...visitExample, version: 2, plannedStart: '2026-03-11T09:00:00.000Z', plannedEnd: '2026-03-11T10:00:00.000Z' },
)

export const visitConfirmed = event(
  'clientele.interactions.visit.confirmed.v1',
  'The customer agreed to the time of a visit.',
  visit,
  { ...visitExample, version: 3, status: 'CONFIRMED' },
)

export const visitStarted = event('clientele.interactions.visit.started.v1', 'The assignee began a visit.', visit, {
  ...visitExample,
  version: 4,
  status: 'IN_PROGRESS',
})

export const visitCompleted = event(
  'clientele.interactions.visit.completed.v1',
  'A visit took place and its report is in.',
  visit.extend({ outcome: code.optional().describe('Code of the outcome that the report states.') }),
  { ...visitExample, version: 5, status: 'COMPLETED', outcome: 'order.placed' },
)

export const visitCancelled = event(
  'clientele.interactions.visit.cancelled.v1',
  'A visit was called off.',
  visit.extend({ reasonCode: code.optional().describe('Code of the reason.') }),
  { ...visitExample, version: 5, status: 'CANCELLED', reasonCode: 'customer.unavailable' },
)

export const visitCorrected = event(
  'clientele.interactions.visit.corrected.v1',
  'What was noted of a visit was corrected: it was wrong when it was entered.',
  visit.extend({
    outcome: code.optional().describe('Code of the outcome that the report states now.'),
    changedFields,
  }),
  { ...visitExample, version: 6, status: 'COMPLETED', changedFields: ['actualStart', 'report.summary'] },
)

export const visitVoided = event(
  'clientele.interactions.visit.voided.v1',
  'A visit was declared void: it was entered by mistake and counts for nothing.',
  visit,
  { ...visitExample, version: 7, status: 'VOIDED' },
)

const complaint = z.object({
  ...entity('complaint'),
  customerId,
  status: complaintStatus.describe('Status of the complaint after this change.'),
  severity: complaintSeverity.describe('How grave it is.'),
  category: code.describe('Code of what it is about.'),
  channel: code.describe('Code of the way it reached us.'),
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

const contact = z.object({
  ...entity('contact'),
  customerId,
  kind: contactKind.describe('Means of the contact.'),
  direction: contactDirection.describe('Who turned to whom.'),
  occurredAt: instant.describe('When it took place.'),
  status: contactStatus.describe('Whether it counts; one that is VOIDED was entered by mistake.'),
})

const contactExample = {
  id: '0199a1b2-0000-7000-8000-000000000013',
  version: 1,
  customerId: '0199a1b2-0000-7000-8000-000000000001',
  kind: 'CALL' as const,
  direction: 'INBOUND' as const,
  occurredAt: '2026-03-12T07:30:00.000Z',
  status: 'RECORDED' as const,
}

export const contactRecorded = event(
  'clientele.interactions.contact.recorded.v1',
  'A call, a mail, a chat or a note about a customer was recorded.',
  contact,
  contactExample,
)

export const contactCorrected = event(
  'clientele.interactions.contact.corrected.v1',
  'What was recorded of a contact was corrected: it was wrong when it was entered.',
  contact.extend({ changedFields }),
  { ...contactExample, version: 2, changedFields: ['occurredAt', 'body'] },
)

export const contactVoided = event(
  'clientele.interactions.contact.voided.v1',
  'A contact was declared void: it was entered by mistake and counts for nothing.',
  contact,
  { ...contactExample, version: 3, status: 'VOIDED' },
)

export const interactionsAutomationActionAnswered = automationActionAnsweredBy('interactions')
