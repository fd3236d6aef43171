import { z } from 'zod'
import { contactDirection, contactKind, contactStatus } from '../codes.js'
import { event } from '../event.js'
import { changedFields, customerId, entity, instant } from '../values.js'

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
