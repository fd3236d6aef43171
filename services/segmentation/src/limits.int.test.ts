import { randomUUID } from 'node:crypto'
import { customerCreated, limits } from '@clientele/contracts'
import { bound, startForTest, testLimits, textOf } from '@clientele/testkit'
import { aCustomer } from '../fixture/builders.js'
import { segmentation } from './service.js'

const svc = await startForTest(segmentation)
const staff = svc.as({ roles: ['admin'], subject: textOf(limits.subject, limits.subject.most) })
const { data: customer } = await svc.deliver(customerCreated, aCustomer())
await svc.drain()

const aSegment = () => ({ key: randomUUID(), name: 'n', description: 'd', kind: 'STATIC' })
const created = async (): Promise<string> =>
  (
    await staff.mutate('mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }', {
      input: aSegment(),
    })
  ).createSegment.id
const members = async () => ({ segmentId: await created(), customerIds: [customer.id], idempotencyKey: randomUUID() })

testLimits(segmentation, svc, {
  scenarios: [
    { mutation: 'createSegment', input: () => ({ ...aSegment(), idempotencyKey: randomUUID() }) },
    { mutation: 'updateSegment', input: async () => ({ id: await created(), name: 'n', description: 'd' }) },
    { mutation: 'addToSegment', input: members },
    { mutation: 'removeFromSegment', input: members },
  ].map((scenario) => ({ ...scenario, as: staff })),
  // Bounded as a whole, in levels and nodes: `checkRule`.
  without: ['SegmentRuleInput'],
  bounds: {
    'rfm_score.r': bound.value(limits.quintile),
    'rfm_score.f': bound.value(limits.quintile),
    'rfm_score.m': bound.value(limits.quintile),
  },
})
