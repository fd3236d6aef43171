import { z } from 'zod'
import { customerKind, customerStatus, purchaseKind, purchaseStatus } from './codes.js'
import { event } from './event.js'
import { limits } from './limits.js'
import { changedFields, code, customerId, entity, instant, key, money, staffId } from './values.js'

const tagKeys = z.array(key).max(limits.tags.most)

const customer = z.object({
  ...entity('customer'),
  kind: customerKind.describe('Whether the customer is a person or an organisation.'),
  status: customerStatus.describe('Whether the customer is in use or archived.'),
  number: key.optional().describe('Customer number as people quote it.'),
  ownerId: staffId.nullable().describe('Member of staff who looks after the customer.'),
  territory: key.nullable().describe('Path of the sales territory: emea/de.'),
  source: key.nullable().describe('Where the customer came from, as a key: import, web.shop.'),
  tags: tagKeys.describe('Keys of all tags the customer has now.'),
  createdAt: instant.describe('When the record was created.'),
})

const customerExample = {
  id: '0199a1b2-0000-7000-8000-000000000001',
  version: 1,
  kind: 'ORGANIZATION' as const,
  status: 'ACTIVE' as const,
  number: 'C-000042',
  ownerId: '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11',
  territory: 'emea/de',
  source: 'import',
  tags: ['wholesale'],
  createdAt: '2026-03-02T08:15:00.000Z',
}

export const customerCreated = event(
  'clientele.profiles.customer.created.v1',
  'A customer was entered, imported or synchronised for the first time.',
  customer,
  customerExample,
)

export const customerUpdated = event(
  'clientele.profiles.customer.updated.v1',
  'Details of a customer changed, contact points and addresses included.',
  customer.extend({ changedFields }),
  { ...customerExample, version: 2, changedFields: ['territory', 'contactPoints'] },
)

export const customerArchived = event(
  'clientele.profiles.customer.archived.v1',
  'A customer was taken out of use and kept.',
  customer,
  { ...customerExample, version: 3, status: 'ARCHIVED' },
)

export const customerRestored = event(
  'clientele.profiles.customer.restored.v1',
  'An archived customer was taken back into use.',
  customer,
  { ...customerExample, version: 4 },
)

export const customerTagged = event(
  'clientele.profiles.customer.tagged.v1',
  'A customer was given one or more tags.',
  customer.extend({ changed: tagKeys.describe('Keys of the tags that were added.') }),
  { ...customerExample, version: 5, tags: ['wholesale', 'vip'], changed: ['vip'] },
)

export const customerUntagged = event(
  'clientele.profiles.customer.untagged.v1',
  'One or more tags were taken from a customer.',
  customer.extend({ changed: tagKeys.describe('Keys of the tags that were removed.') }),
  { ...customerExample, version: 6, changed: ['vip'] },
)

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
  customerId: customerExample.id,
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
