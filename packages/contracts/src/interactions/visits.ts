import { z } from 'zod'
import { visitMode, visitStatus } from '../codes.js'
import { event } from '../event.js'
import { changedFields, code, customerId, entity, instant, staffId } from '../values.js'

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

export const visitAssigned = event(
  'clientele.interactions.visit.assigned.v1',
  'A visit was given to somebody else, or to nobody.',
  visit,
  { ...visitExample, version: 2, assigneeId: '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a12' },
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
