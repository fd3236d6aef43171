import { z } from 'zod'
import { purchaseKind, purchaseStatus } from '../codes.js'
import { event } from '../event.js'
import { changedFields, code, customerId, entity, instant, money } from '../values.js'

const purchase = z.object({
  ...entity('purchase'),
  customerId,
  kind: purchaseKind.describe('Whether it is a sale or the cancellation of one.'),
  status: purchaseStatus.describe('Whether it counts; one that is VOIDED counts for nothing.'),
  orderedAt: instant.describe('When the customer ordered or cancelled.'),
  channel: code.nullable().describe('Code of the sales channel.'),
  total: money.describe('Sum of all lines, negative for a cancellation.'),
  lineCount: z.int().min(0).describe('Number of lines.'),
})

const purchaseExample = {
  id: '0199a1b2-0000-7000-8000-000000000002',
  version: 1,
  customerId: '0199a1b2-0000-7000-8000-000000000001',
  kind: 'SALE' as const,
  status: 'RECORDED' as const,
  orderedAt: '2026-03-03T10:00:00.000Z',
  channel: 'shop',
  total: { amount: '440.00', currency: 'EUR' },
  lineCount: 3,
}

export const purchaseRecorded = event(
  'clientele.profiles.purchase.recorded.v1',
  'A sale to a customer, or its cancellation, was recorded.',
  purchase,
  purchaseExample,
)

export const purchaseCorrected = event(
  'clientele.profiles.purchase.corrected.v1',
  'A recorded purchase was corrected, by hand or by an import that says something else.',
  purchase.extend({ changedFields }),
  { ...purchaseExample, version: 2, lineCount: 4, changedFields: ['lines'] },
)

export const purchaseVoided = event(
  'clientele.profiles.purchase.voided.v1',
  'A purchase was declared void: it was entered by mistake and counts for nothing. Its amounts are those that counted before.',
  purchase,
  { ...purchaseExample, version: 3, status: 'VOIDED' },
)
