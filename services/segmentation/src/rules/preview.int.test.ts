import { randomUUID } from 'node:crypto'
import { customerCreated } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aCustomer } from '../../fixture/builders.js'
import { segmentation } from '../service.js'

const now = new Date('2026-04-01T12:00:00.000Z')
const svc = await startForTest(segmentation, { now: () => now })

const CREATE = `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }`
const ADD = `mutation ($input: SegmentMembersInput!) { addToSegment(input: $input) { id } }`

const manager = svc.as('manager')
let counter = 0
const aSegment = (fields: object = {}) => ({
  key: `k${++counter}`,
  name: '重点客户 🏆 عملاء',
  kind: 'STATIC',
  ...fields,
})
const create = async (fields: object = {}, as = manager) =>
  (await as.mutate(CREATE, { input: aSegment(fields) })).createSegment
const dynamic = (rule: object, fields: object = {}) => create({ kind: 'DYNAMIC', rule, ...fields })
const known = async (fields: Parameters<typeof aCustomer>[0]) =>
  (await svc.deliver(customerCreated, aCustomer(fields))).data

test('a rule is tried without being kept, and explained for one customer', async () => {
  const customer = await known({ territory: 'emea/de', tags: ['vip'], source: 'explain' })
  await known({ territory: 'emea_', source: 'explain' })
  await svc.drain()
  const rule = {
    all: [{ source: { eq: 'explain' } }, { not: { any: [{ nps: { lte: 6 } }, { territory: { under: 'emea' } }] } }],
  }
  const PREVIEW = 'query ($rule: SegmentRuleInput!) { previewSegment(rule: $rule) { count sample { id } } }'
  const { previewSegment } = await manager.query(PREVIEW, {
    rule: { all: [{ source: { eq: 'explain' } }, { territory: { under: 'emea' } }] },
  })
  expect(previewSegment).toEqual({ count: 1, sample: [{ id: customer.id }] })
  expect((await manager.query(PREVIEW, { rule: { nps: { eq: 0 } } })).previewSegment).toEqual({ count: 0, sample: [] })
  const { id } = await dynamic(rule)
  const EXPLAIN = `query ($s: ID!, $c: ID!) { explainSegment(segmentId: $s, customerId: $c) { isMember holds conditions { path condition holds } } }`
  expect((await manager.query(EXPLAIN, { s: id, c: customer.id })).explainSegment).toEqual({
    ...{ isMember: false, holds: false },
    conditions: [
      { path: 'all.0.source', condition: { source: { eq: 'explain' } }, holds: true },
      { path: 'all.1.not.any.0.nps', condition: { nps: { lte: 6 } }, holds: false },
      { path: 'all.1.not.any.1.territory', condition: { territory: { under: 'emea' } }, holds: true },
    ],
  })
  const chosen = await create()
  await manager.mutate(ADD, { input: { segmentId: chosen.id, customerIds: [customer.id] } })
  expect((await manager.query(EXPLAIN, { s: chosen.id, c: customer.id })).explainSegment).toEqual({
    isMember: true,
    holds: null,
    conditions: [],
  })
  await expect(manager.query(EXPLAIN, { s: id, c: randomUUID() })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'customer.unknown',
  })
  await expect(manager.query(EXPLAIN, { s: 'x', c: customer.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'segment.unknown',
  })
  await expect(manager.query(PREVIEW, { rule: { nps: { gte: 1 }, csat: { gte: 1 } } })).rejects.toMatchObject({
    ...{ code: 'INVALID', reason: 'condition.ambiguous', fields: [{ path: 'rule', reason: 'condition.ambiguous' }] },
  })
})
