import { randomUUID } from 'node:crypto'
import {
  customerCreated,
  customerUpdated,
  membershipEntered,
  membershipExited,
  purchaseRecorded,
  segmentArchived,
  segmentCreated,
  segmentUpdated,
} from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aCustomer, aPurchase } from '../builders.js'
import { segmentation } from '../service.js'

let now = new Date('2026-04-01T12:00:00.000Z')
const statements: string[] = []
const svc = await startForTest(segmentation, { now: () => now, onStatement: (sql) => statements.push(sql) })
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

test('a segment is defined, changed and archived, each with one event', async () => {
  const rule = { all: [{ kind: { eq: 'PERSON' } }, { not: { tag: { has: '重点' } } }] }
  const made = await dynamic(rule, { description: '  for tests ' })
  expect(made).toMatchObject({
    ...{ version: 1, name: '重点客户 🏆 عملاء', description: 'for tests', rule, ruleVersion: 1, status: 'ACTIVE' },
    ...{ evaluation: 'READY', evaluatedAt: now.toISOString(), memberCount: 0 },
  })
  const { id, key } = made
  const changed = (await manager.mutate(UPDATE, { input: { id, rule: { nps: { lte: 6 } }, description: null } }))
    .updateSegment
  expect(changed).toMatchObject({ version: 2, ruleVersion: 2, description: null, rule: { nps: { lte: 6 } } })
  const same = (await manager.mutate(UPDATE, { input: { id, rule: { nps: { lte: 6, gte: null } }, name: made.name } }))
    .updateSegment
  expect(same.version).toBe(2)
  const archived = (await manager.mutate(ARCHIVE, { input: { id, expectedVersion: 2 } })).archiveSegment
  expect(archived).toMatchObject({ version: 3, status: 'ARCHIVED', evaluation: 'READY' })
  await svc.publish()
  const of = (event: { id: string }) => event.id === id
  const kind = 'DYNAMIC'
  expect((await svc.published(segmentCreated)).filter(of)).toEqual([{ id, version: 1, key, kind, ruleVersion: 1 }])
  expect((await svc.published(segmentUpdated)).filter(of)).toEqual([
    { id, version: 2, key, kind, ruleVersion: 2, changedFields: ['description', 'rule'] },
  ])
  expect((await svc.published(segmentArchived)).filter(of)).toEqual([{ id, version: 3, key, kind, ruleVersion: 2 }])
})

test.each([
  ['blank in the key', { key: 'a b' }, ['input.key']],
  ['an address as key', { key: 'a@b' }, ['input.key']],
  ['a key that is too long', { key: 'k'.repeat(65) }, ['input.key']],
  ['no name, and too much to say', { name: ' ', description: 'd'.repeat(2_001) }, ['input.name', 'input.description']],
  ['a static segment with a rule', { rule: { nps: { eq: 1 } } }, ['input.rule']],
  ['a dynamic segment without one', { kind: 'DYNAMIC' }, ['input.rule']],
  [
    'faults everywhere',
    { key: '', name: 'n'.repeat(201), kind: 'DYNAMIC', rule: { all: [{}, { nps: { eq: 11 } }] } },
    ['input.key', 'input.name', 'input.rule.all.0', 'input.rule.all.1.nps.eq'],
  ],
])('createSegment refuses %s', async (_, fields, paths) => {
  const refused = create(fields).catch((error) => error)
  expect(await refused).toMatchObject({ code: 'INVALID', reason: 'segment.invalid' })
  expect((await refused).fields.map(({ path }: { path: string }) => path)).toEqual(paths)
})

test('a key is taken once, also by those who come at the same time, and stays taken', async () => {
  const made = await Promise.allSettled(Array.from({ length: 5 }, () => create({ key: 'once' })))
  const refused = made.filter((one) => one.status === 'rejected')
  expect(refused).toHaveLength(4)
  for (const { reason } of refused) {
    expect(reason).toMatchObject({ code: 'CONFLICT', reason: 'segment.key_taken', fields: [{ path: 'input.key' }] })
  }
  await expect(create({ key: 'once' }, svc.as({ roles: ['manager'], tenant: 'globex' }))).resolves.toMatchObject({
    key: 'once',
  })
})

test('a repetition with the same idempotency key makes nothing new', async () => {
  const as = svc.as({ roles: ['analyst'], subject: randomUUID() })
  const input = aSegment({ idempotencyKey: 'i1' })
  const [first, again] = await Promise.all([as.mutate(CREATE, { input }), as.mutate(CREATE, { input })])
  expect(again.createSegment.id).toBe(first.createSegment.id)
  await expect(as.mutate(CREATE, { input: { ...input, name: 'other' } })).rejects.toMatchObject({
    reason: 'idempotency.key_reused',
  })
})

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
  await svc.publish()
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

test('a static segment takes no rule, and a stale version is refused', async () => {
  const { id } = await create()
  await expect(manager.mutate(UPDATE, { input: { id, rule: { nps: { eq: 1 } } } })).rejects.toMatchObject({
    ...{ code: 'INVALID', fields: [{ path: 'input.rule', reason: 'rule.unexpected' }] },
  })
  await manager.mutate(UPDATE, { input: { id, name: 'b' } })
  for (const [mutation, input] of [
    [UPDATE, { id, name: 'c', expectedVersion: 1 }],
    [ARCHIVE, { id, expectedVersion: 1 }],
    [ADD, { segmentId: id, customerIds: [randomUUID()], expectedVersion: 1 }],
    [REMOVE, { segmentId: id, customerIds: [randomUUID()], expectedVersion: 1 }],
  ] as const) {
    await expect(manager.mutate(mutation, { input })).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'version.stale',
    })
  }
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
  await svc.publish()
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

test('members and segments are read page by page', async () => {
  const { id } = await create()
  const customers = await Promise.all(Array.from({ length: 7 }, () => known()))
  await svc.drain()
  await manager.mutate(ADD, { input: { segmentId: id, customerIds: customers.map((one) => one.id) } })
  const seen: string[] = []
  for (let after: string | null = null; ; ) {
    const { segment }: any = await manager.query(MEMBERS, { id, first: 3, after })
    seen.push(...segment.members.edges.map((edge: any) => edge.node.customer.id))
    after = segment.members.pageInfo.endCursor
    if (!segment.members.pageInfo.hasNextPage) break
  }
  expect(seen.toSorted()).toEqual(customers.map((one) => one.id).toSorted())
  const LIST = `query ($filter: SegmentFilter, $orderBy: SegmentOrder) {
    segments(first: 100, filter: $filter, orderBy: $orderBy) { totalCount nodes { key memberCount members(first: 2) { nodes { reason } } } } }`
  for (const key of ['list-b', 'list-a', 'list-c']) await create({ key })
  const filter = {
    and: [{ key: { startsWith: 'list-' } }, { not: { key: { eq: 'list-c' } } }],
    status: { eq: 'ACTIVE' },
  }
  statements.length = 0
  const { segments } = await manager.query(LIST, { filter, orderBy: { field: 'KEY', direction: 'DESC' } })
  expect(segments).toMatchObject({ totalCount: 2, nodes: [{ key: 'list-b' }, { key: 'list-a' }] })
  expect(statements.filter((sql) => sql.includes('segment_membership'))).toHaveLength(2)
})

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
    ...{ code: 'INVALID', reason: 'rule.invalid', fields: [{ path: 'rule', reason: 'rule.ambiguous' }] },
  })
})

test('another tenant finds neither the segment nor its members', async () => {
  const { id } = await create()
  const globex = svc.as({ roles: ['admin'], tenant: 'globex' })
  for (const wrong of [id, randomUUID(), 'x']) {
    const { data, errors } = await globex.request(ONE, { id: wrong })
    expect(data).toEqual({ segment: null })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' })
  }
  await expect(globex.mutate(ARCHIVE, { input: { id } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const { _entities } = await globex.query(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Segment { key } } }',
    {
      r: [{ __typename: 'Segment', id }],
    },
  )
  expect(_entities).toEqual([null])
})

test('who may not write is refused, and who has no role cannot even read', async () => {
  for (const role of ['sales', 'service', 'privacy_officer', 'service_account']) {
    await expect(svc.as(role).mutate(CREATE, { input: aSegment() })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  await expect(svc.as({ roles: [] }).query('{ segments { totalCount } }')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(svc.anonymous().query('{ segments { totalCount } }')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})
