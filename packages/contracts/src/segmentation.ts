import { z } from 'zod'
import { membershipReason, segmentKind } from './codes.js'
import { event } from './event.js'
import { taskRequestedBy } from './interactions/task-requested.js'
import { limits } from './limits/index.js'
import { changedFields, customerId, entity, entityId, instant, key, moneySum } from './values.js'

const segment = z.object({
  ...entity('segment'),
  key: key.describe('Key of the segment, unique in the tenant.'),
  kind: segmentKind.describe('Whether its members are chosen by hand or by a rule.'),
  ruleVersion: z.int().min(0).describe('Number of the rule in force; 0 without a rule.'),
})

const segmentExample = {
  id: '0199a1b2-0000-7000-8000-000000000031',
  version: 1,
  key: 'at-risk',
  kind: 'DYNAMIC' as const,
  ruleVersion: 1,
}

export const segmentCreated = event(
  'clientele.segmentation.segment.created.v1',
  'A segment was defined.',
  segment,
  segmentExample,
)

export const segmentUpdated = event(
  'clientele.segmentation.segment.updated.v1',
  'The definition or the rule of a segment changed.',
  segment.extend({ changedFields }),
  { ...segmentExample, version: 2, ruleVersion: 2, changedFields: ['rule'] },
)

export const segmentArchived = event(
  'clientele.segmentation.segment.archived.v1',
  'A segment was taken out of use and keeps no members.',
  segment,
  { ...segmentExample, version: 3 },
)

const membership = z.object({
  ...entity('membership'),
  segmentId: entityId.describe('Identifier of the segment.'),
  segmentKey: key.describe('Key of the segment.'),
  customerId,
  reason: membershipReason.describe('Why it changed.'),
  at: instant.describe('When the customer entered or left.'),
})

const membershipExample = {
  id: '0199a1b2-0000-7000-8000-000000000032',
  version: 1,
  segmentId: segmentExample.id,
  segmentKey: segmentExample.key,
  customerId: '0199a1b2-0000-7000-8000-000000000001',
  reason: 'RULE' as const,
  at: '2026-03-21T18:00:05.000Z',
}

export const membershipEntered = event(
  'clientele.segmentation.membership.entered.v1',
  'A customer became a member of a segment.',
  membership,
  membershipExample,
)

export const membershipExited = event(
  'clientele.segmentation.membership.exited.v1',
  'A customer ceased to be a member of a segment.',
  membership,
  { ...membershipExample, version: 2, at: '2026-04-02T03:00:00.000Z' },
)

const quintile = z.int().min(limits.quintile.least).max(limits.quintile.most)

const rfm = z.object({
  ...entity('RFM score'),
  id: entityId.describe('Identifier of the RFM score, which is that of the customer.'),
  customerId,
  r: quintile.describe('Quintile of recency, 5 for the most recent.'),
  f: quintile.describe('Quintile of frequency, 5 for the most frequent.'),
  m: quintile.describe('Quintile of the amount spent, 5 for the highest.'),
  recencyDays: z.int().min(0).describe('Days since the last purchase.'),
  frequency: z.int().min(0).describe('Number of purchases in the window.'),
  monetary: moneySum.nullable().describe('Amount spent in the window, if it is in one currency.'),
})

export const rfmChanged = event(
  'clientele.segmentation.rfm.changed.v1',
  'The RFM score of a customer was computed for the first time or differs from the last one.',
  rfm,
  {
    id: membershipExample.customerId,
    version: 1,
    customerId: membershipExample.customerId,
    r: 5,
    f: 3,
    m: 4,
    recencyDays: 12,
    frequency: 7,
    monetary: { amount: '1830.50', currency: 'EUR' },
  },
)

export * from './segmentation/automations.js'

export const segmentationTaskRequested = taskRequestedBy('segmentation')
