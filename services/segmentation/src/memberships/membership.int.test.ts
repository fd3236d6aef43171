import { randomUUID } from 'node:crypto'
import {
  customerCreated,
  customerUpdated,
  membershipEntered,
  membershipExited,
  purchaseRecorded,
} from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aCustomer, aPurchase } from '../../fixture/builders.js'
import { segmentation } from '../service.js'

let now = new Date('2026-04-01T12:00:00.000Z')
const svc = await startForTest(segmentation, { now: () => now })
const [evaluateJob] = svc.jobs

const FIELDS = 'id version key name description kind status rule ruleVersion evaluation evaluatedAt memberCount'
const CREATE = `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { ${FIELDS} } }`
const UPDATE = `mutation ($input: UpdateSegmentInput!) { updateSegment(input: $input) { ${FIELDS} } }`
const ARCHIVE = `mutation ($input: ArchiveSegmentInput!) { archiveSegment(input: $input) { ${FIELDS} } }`
const ADD = `mutation ($input: SegmentMembersInput!) { addToSegment(input: $input) { ${FIELDS} } }`
const REMOVE = `mutation ($input: SegmentMembersInput!) { removeFromSegment(input: $input) { ${FIELDS} } }`
const ONE = `query ($id: ID!) { segment(id: $id) { ${FIELDS} } }`
const MEMBERS = `query ($id: ID!, $first: Int, $after: String) { segment(id: $id) { members(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } edges { cursor node { customer { id } enteredAt exitedAt reason segment { key } } } } } }`

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
const read = async (id: string) => (await manager.query(ONE, { id })).segment
const known = async (fields: Parameters<typeof aCustomer>[0] = {}, tenant = 'acme') => {
  const { data } = await svc.deliver(customerCreated, aCustomer(fields), { tenant })
  return data
}
const membersOf = async (id: string): Promise<string[]> => {
  const { segment } = await manager.query(MEMBERS, { id, first: 100 })
  return segment.members.edges.map((edge: any) => edge.node.customer.id).toSorted()
}

test('customers are chosen for a static segment, once each, and leave it', async () => {
  const { id } = await create()
  const [a, b] = [await known(), await known()]
  await svc.drain()
  const twice = { segmentId: id, customerIds: [a.id, b.id.toUpperCase(), a.id] }
  expect((await manager.mutate(ADD, { input: twice })).addToSegment).toMatchObject({ memberCount: 2, version: 1 })
  await Promise.all([1, 2, 3].map(() => manager.mutate(ADD, { input: twice })))
  expect(await membersOf(id)).toEqual([a.id, b.id].toSorted())
  const { removeFromSegment } = await manager.mutate(REMOVE, {
    input: { segmentId: id, customerIds: [a.id, randomUUID()] },
  })
  expect(removeFromSegment.memberCount).toBe(1)
  await manager.mutate(ADD, { input: { segmentId: id, customerIds: [a.id] } })
  await svc.relay()
  const of = (event: { segmentId: string; customerId: string }) => event.segmentId === id && event.customerId === a.id
  const entered = (await svc.published(membershipEntered)).filter(of)
  expect(entered).toMatchObject([
    { version: 1, reason: 'MANUAL' },
    { version: 1, reason: 'MANUAL' },
  ])
  expect(new Set(entered.map((event) => event.id)).size).toBe(2)
  expect((await svc.published(membershipExited)).filter(of)).toMatchObject([
    { version: 2, reason: 'MANUAL', id: entered[0]?.id },
  ])
})

test('unknown customers, malformed ids and wrong kinds of segments are refused', async () => {
  const ours = await known()
  const foreign = await known({}, 'globex')
  await svc.drain()
  const fixed = await create()
  const ruled = await dynamic({ nps: { eq: 0 } })
  const add = (segmentId: string, customerIds: string[]) => manager.mutate(ADD, { input: { segmentId, customerIds } })
  await expect(add(fixed.id, [])).rejects.toMatchObject({ code: 'INVALID', fields: [{ path: 'input.customerIds' }] })
  await expect(add(fixed.id, [ours.id, 'x'])).rejects.toMatchObject({
    code: 'INVALID',
    fields: [{ path: 'input.customerIds.1' }],
  })
  // Nobody can be asked about unknown customers here: profiles does not run beside this service.
  await expect(add(fixed.id, [ours.id, foreign.id])).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await expect(add(ruled.id, [ours.id])).rejects.toMatchObject({ code: 'CONFLICT', reason: 'segment.not_static' })
  await expect(add(randomUUID(), [ours.id])).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await manager.mutate(ARCHIVE, { input: { id: fixed.id } })
  await expect(add(fixed.id, [ours.id])).rejects.toMatchObject({ code: 'CONFLICT', reason: 'segment.archived' })
  await expect(manager.mutate(ARCHIVE, { input: { id: fixed.id } })).rejects.toMatchObject({
    reason: 'segment.illegal_transition',
  })
  await expect(manager.mutate(UPDATE, { input: { id: fixed.id, name: 'x' } })).rejects.toMatchObject({
    reason: 'segment.archived',
  })
})

test('a new rule moves members, and the members of an archived segment leave', async () => {
  const [web, shop] = [await known({ source: 'rule-web' }), await known({ source: 'rule-shop' })]
  await svc.drain()
  const { id, memberCount } = await dynamic({ source: { eq: 'rule-web' } })
  expect(memberCount).toBe(1)
  await manager.mutate(UPDATE, { input: { id, rule: { source: { eq: 'rule-shop' } } } })
  expect(await membersOf(id)).toEqual([shop.id])
  expect((await manager.mutate(ARCHIVE, { input: { id } })).archiveSegment.memberCount).toBe(0)
  await svc.deliver(customerUpdated, { ...web, version: 2, source: 'rule-shop', changedFields: ['source'] })
  await svc.drain()
  expect(await membersOf(id)).toEqual([])
})

test('as time passes, the job moves customers by conditions on days, in every tenant', async () => {
  const customer = await known()
  await svc.deliver(purchaseRecorded, aPurchase(customer.id, { orderedAt: '2026-03-30T12:00:00Z' }))
  await svc.drain()
  const { id } = await dynamic({ all: [{ lastPurchaseDaysAgo: { gte: 3 } }, { purchaseCount: { eq: 1 } }] })
  while (await evaluateJob?.run());
  expect(await membersOf(id)).not.toContain(customer.id)
  const before = now
  try {
    now = new Date('2026-04-02T12:00:00.000Z')
    while (await evaluateJob?.run());
    expect(await membersOf(id)).toContain(customer.id)
    expect(await read(id)).toMatchObject({ version: 1, evaluatedAt: now.toISOString() })
    expect(await evaluateJob?.run()).toBe(0)
  } finally {
    now = before
  }
})

test('a segment of many customers is filled by several transactions, each customer once', async () => {
  const tenant = 'crowd'
  const as = svc.as({ roles: ['manager'], tenant })
  const em = svc.database.fork({ subject: 't', roles: [], tenant, territories: [], kind: 'person' }, now)
  await em.execute(
    `insert into customer_facts (id, customer_version, kind, status, as_of)
     select gen_random_uuid(), 1, 'PERSON', 'ACTIVE', now() from generate_series(1, 2600)`,
  )
  const made = await create({ kind: 'DYNAMIC', rule: { kind: { eq: 'PERSON' } } }, as)
  expect(made).toMatchObject({ evaluation: 'EVALUATING', evaluatedAt: null, memberCount: 2_500 })
  while (await evaluateJob?.run());
  const after = (await as.query(ONE, { id: made.id })).segment
  expect(after).toMatchObject({ evaluation: 'READY', memberCount: 2_600, version: 1 })
  await as.mutate(ARCHIVE, { input: { id: made.id } })
  while (await evaluateJob?.run());
  await svc.relay()
  const of = (event: { segmentId: string }) => event.segmentId === made.id
  for (const type of [membershipEntered, membershipExited]) {
    const events = (await svc.published(type)).filter(of)
    expect(events).toHaveLength(2_600)
    expect(new Set(events.map(({ customerId }) => customerId)).size).toBe(2_600)
  }
})

test('facts and rules that change at the same time end in the members that the last rule asks for', async () => {
  const { id } = await dynamic({ source: { eq: 'race-0' } })
  const people = await Promise.all(Array.from({ length: 30 }, () => known({ source: 'race-0' })))
  for (const [at, person] of people.entries()) {
    await svc.deliver(customerUpdated, { ...person, version: 2, source: `race-${at % 3}`, changedFields: ['source'] })
    await svc.deliver(purchaseRecorded, aPurchase(person.id))
  }
  await Promise.all([
    ...svc.consumptions.map((one) => one.drain()),
    ...[1, 2, 0, 1].map((n) => manager.mutate(UPDATE, { input: { id, rule: { source: { eq: `race-${n}` } } } })),
  ])
  const { segment } = await manager.query(ONE, { id })
  const wanted = people.filter((_, at) => `race-${at % 3}` === segment.rule.source.eq)
  expect(await membersOf(id)).toEqual(wanted.map((one) => one.id).toSorted())
})
