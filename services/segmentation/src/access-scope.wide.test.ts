import { randomUUID } from 'node:crypto'
import { customerCreated, customerUpdated, purchaseRecorded } from '@clientele/contracts'
import { type Place, placeNames, places, startForTest, type TestActor, whoHasAccess } from '@clientele/testkit'
import { aCustomer, aPurchase } from '../fixture/builders.js'
import { segmentation } from './service.js'

const svc = await startForTest(segmentation, { now: () => new Date('2026-04-01T12:00:00.000Z') })
const as = (role: string, actor: TestActor = {}) => svc.as({ roles: [role], ...actor })
const manager = as('manager')

const owner = places.owned.ownerId
const germany: Place[] = ['germany', 'berlin']
const ids = new Map<string, string>()
for (const name of placeNames) {
  const customer = aCustomer({ ownerId: null, source: 'reach', ...places[name] })
  ids.set(name, (await svc.deliver(customerCreated, customer)).data.id)
  await svc.deliver(purchaseRecorded, aPurchase(customer.id))
}
await svc.drain()
const idOf = (name: Place) => ids.get(name) as string
const placesOf = (found: { id: string }[]) =>
  found.map(({ id }) => placeNames.find((name) => idOf(name) === id)).toSorted()

const CREATE = 'mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id memberCount } }'
const ADD = 'mutation ($input: SegmentMembersInput!) { addToSegment(input: $input) { memberCount } }'
const REMOVE = 'mutation ($input: SegmentMembersInput!) { removeFromSegment(input: $input) { memberCount } }'
const RECOMPUTE = 'mutation { recomputeRfm(input: {}) { id customers } }'
const rule = { source: { eq: 'reach' } }
const aSegment = async (fields: object, actor = manager): Promise<{ id: string; memberCount: number }> =>
  (await actor.mutate(CREATE, { input: { key: `k${randomUUID()}`, name: 'n', ...fields } })).createSegment
const ruled = await aSegment({ key: 'ruled', kind: 'DYNAMIC', rule })
const run = (await manager.mutate(RECOMPUTE)).recomputeRfm
const MEMBERS = `query ($id: ID!) { segment(id: $id) { memberCount
  members(first: 100) { totalCount nodes { id customer { id } } } } }`
const memberships = new Map<string, string>()
for (const { id, customer } of (await manager.query(MEMBERS, { id: ruled.id })).segment.members.nodes) {
  memberships.set(customer.id, id)
}

const LISTS = `query ($rule: SegmentRuleInput!, $id: ID!) {
  customersByFacts(rule: $rule, first: 100) { totalCount nodes { id rfm { frequency } segments { key } } }
  previewSegment(rule: $rule) { count sample { id facts { purchaseCount } } }
  segment(id: $id) { memberCount members(first: 100) { totalCount nodes { customer { id } } } }
  segments(filter: { key: { eq: "ruled" } }) { nodes { memberCount } } }`
const EXPLAIN = 'query ($s: ID!, $c: ID!) { explainSegment(segmentId: $s, customerId: $c) { isMember holds } }'
const ENTITIES = `query ($r: [_Any!]!) { _entities(representations: $r) { __typename
  ... on Customer { facts { purchaseCount } rfm { frequency } segments { key } }
  ... on SegmentMembership { reason } ... on Segment { key } ... on RfmRun { customers } } }`

test.each(whoHasAccess)('%s lists, tries and counts what they reach', async (_, role, actor, reached) => {
  const found = await as(role, actor).query(LISTS, { rule, id: ruled.id })
  const { customersByFacts, previewSegment, segment, segments } = found
  expect(placesOf(customersByFacts.nodes)).toEqual(reached.toSorted())
  expect(customersByFacts.totalCount).toBe(reached.length)
  for (const { rfm, segments: own } of customersByFacts.nodes) {
    expect([rfm, own]).toEqual([{ frequency: 1 }, [{ key: 'ruled' }]])
  }
  expect(previewSegment.count).toBe(reached.length)
  expect(placesOf(previewSegment.sample)).toEqual(reached.toSorted())
  expect(placesOf(segment.members.nodes.map((one: any) => one.customer))).toEqual(reached.toSorted())
  expect([segment.members.totalCount, segment.memberCount]).toEqual([reached.length, reached.length])
  expect(segments.nodes).toEqual([{ memberCount: reached.length }])
})

test.each(whoHasAccess)('%s has no more explained, and finds no more by reference', async (_, role, actor, reached) => {
  const asked = as(role, actor)
  for (const name of placeNames) {
    const answer = asked.query(EXPLAIN, { s: ruled.id, c: idOf(name) })
    if (reached.includes(name)) expect((await answer).explainSegment).toEqual({ isMember: true, holds: true })
    else await expect(answer).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'customer.unknown' })
  }
  const { _entities } = await asked.query(ENTITIES, {
    r: placeNames.flatMap((name) => [
      { __typename: 'Customer', id: idOf(name) },
      { __typename: 'Customer', id: idOf(name).toUpperCase() },
      { __typename: 'SegmentMembership', id: memberships.get(idOf(name)) },
    ]),
  })
  const added = { facts: { purchaseCount: 1 }, rfm: { frequency: 1 }, segments: [{ key: 'ruled' }] }
  const customer = { __typename: 'Customer', ...added }
  expect(_entities).toEqual(
    placeNames.flatMap((name) =>
      reached.includes(name)
        ? [customer, customer, { __typename: 'SegmentMembership', reason: 'RULE' }]
        : [null, null, null],
    ),
  )
})

const FIELDS = `query ($rule: SegmentRuleInput!, $id: ID!) {
  segment(id: $id) { redactedFields key name description kind status rule ruleVersion evaluation evaluatedAt memberCount
    members(first: 1) { nodes { redactedFields enteredAt exitedAt reason segment { key } customer { id } } } }
  customersByFacts(rule: $rule, first: 1) { nodes { facts { purchaseCount purchaseTotals { amount } asOf }
    rfm { recencyDays frequency monetary { amount } } segments { key name enteredAt segment { redactedFields } } } } }`

test('nothing here is hidden from any member of staff, and nothing is shown to others', async () => {
  const variables = { rule, id: ruled.id }
  const whole = await as('admin').query(FIELDS, variables)
  expect(whole.segment).toMatchObject({ redactedFields: [], members: { nodes: [{ redactedFields: [] }] } })
  for (const role of ['manager', 'sales', 'service', 'analyst', 'privacy_officer']) {
    expect(await as(role).query(FIELDS, variables)).toEqual(whole)
  }
  for (const role of ['partner', 'stranger', 'service_account']) {
    const { data, errors } = await as(role).request(FIELDS, variables)
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN', 'FORBIDDEN'])
    expect(data?.segment ?? null).toBeNull()
  }
})

test('how many customers bought is told to whom reaches them all', async () => {
  const seen = async (role: string, actor: TestActor) =>
    (await as(role, actor).query(ENTITIES, { r: [{ __typename: 'RfmRun', id: run.id }] }))._entities[0].customers
  expect(run.customers).toBe(placeNames.length)
  expect(await seen('analyst', { territories: [] })).toBe(placeNames.length)
  expect(await seen('manager', { territories: [''] })).toBe(placeNames.length)
  expect(await seen('manager', { territories: ['emea'] })).toBeNull()
  expect(await seen('sales', { subject: owner, territories: [] })).toBeNull()
  const { recomputeRfm } = await as('manager', { territories: ['emea'] }).mutate(RECOMPUTE)
  expect(recomputeRfm).toEqual({ id: run.id, customers: null })
})

test("a manager's segment is the tenant's: its rule moves everybody, and they count their own", async () => {
  const german = as('manager', { territories: ['emea/de'] })
  const { id, memberCount } = await aSegment({ kind: 'DYNAMIC', rule }, german)
  expect(memberCount).toBe(germany.length)
  expect((await manager.query(MEMBERS, { id })).segment.memberCount).toBe(placeNames.length)
})

test('a manager chooses members in their territory, and beside it there is no customer for them', async () => {
  const german = as('manager', { territories: ['emea/de'] })
  const { id } = await aSegment({ kind: 'STATIC' })
  const members = (customers: Place[]) => ({ input: { segmentId: id, customerIds: customers.map(idOf) } })
  await manager.mutate(ADD, members(['neighbour', 'nobodys']))
  expect((await german.mutate(ADD, members(['germany', 'berlin']))).addToSegment.memberCount).toBe(2)
  expect((await german.mutate(REMOVE, members(['berlin']))).removeFromSegment.memberCount).toBe(1)
  for (const mutation of [ADD, REMOVE]) {
    const refused = german.mutate(mutation, members(['germany', 'neighbour', 'above', 'nobodys']))
    await expect(refused).rejects.toMatchObject({
      ...{ code: 'NOT_FOUND', reason: 'customer.unknown' },
      fields: [1, 2, 3].map((at) => ({ path: `input.customerIds.${at}`, reason: 'customer.unknown' })),
    })
  }
  expect((await manager.query(MEMBERS, { id })).segment.memberCount).toBe(3)
  await expect(as('sales').mutate(ADD, members(['germany']))).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('who sees more than they may change is told so', async () => {
  const reader = as('manager', { roles: ['manager', 'privacy_officer'], territories: ['emea/de'] })
  const { id } = await aSegment({ kind: 'STATIC' })
  const members = (name: Place) => ({ input: { segmentId: id, customerIds: [idOf(name)] } })
  for (const mutation of [ADD, REMOVE]) {
    await expect(reader.mutate(mutation, members('neighbour'))).rejects.toMatchObject({
      ...{ code: 'FORBIDDEN', reason: 'access_scope' },
    })
    await reader.mutate(mutation, members('germany'))
  }
})

test('a rule that names what lies out of scope finds nothing there', async () => {
  const german = as('sales', { territories: ['emea/de'] })
  for (const probe of [
    { territory: { under: 'apac' } },
    { owner: { eq: owner } },
    { not: { territory: { under: 'emea/de' } } },
    { any: [{ territory: { eq: 'emea/dee' } }, { not: { source: { eq: 'nowhere' } } }] },
  ]) {
    const { previewSegment, customersByFacts } = await german.query(LISTS, { rule: probe, id: ruled.id })
    const expected = 'any' in probe ? germany.toSorted() : []
    expect(previewSegment.count).toBe(expected.length)
    expect(placesOf(customersByFacts.nodes)).toEqual(expected)
  }
})

test('a customer who moves is seen where they are', async () => {
  const customer = aCustomer({ territory: 'moving/from', ownerId: 'a', source: 'moving' })
  await svc.deliver(customerCreated, customer)
  await svc.drain()
  const see = async (actor: TestActor) => {
    const found = as('sales', actor)
    const { _entities } = await found.query(ENTITIES, { r: [{ __typename: 'Customer', id: customer.id }] })
    const { previewSegment } = await found.query(LISTS, { rule: { source: { eq: 'moving' } }, id: ruled.id })
    return [_entities[0] !== null, previewSegment.count]
  }
  const [from, to] = [{ territories: ['moving/from'] }, { territories: ['moving/to'] }]
  const [before, after] = [
    { subject: 'a', territories: [] },
    { subject: 'b', territories: [] },
  ]
  const seen = async () => [await see(from), await see(to), await see(before), await see(after)]
  const [yes, no] = [
    [true, 1],
    [false, 0],
  ]
  expect(await seen()).toEqual([yes, no, yes, no])
  const moved = { ...customer, version: 2, territory: 'moving/to', ownerId: 'b' }
  await svc.deliver(customerUpdated, { ...moved, changedFields: ['territory', 'ownerId'] })
  await svc.drain()
  expect(await seen()).toEqual([no, yes, no, yes])
})

test('attempts outside of the access scope are in the audit log', async () => {
  const actor = { subject: randomUUID(), territories: ['emea/de'] }
  const { id } = await aSegment({ kind: 'STATIC' })
  const german = as('manager', actor)
  await german.query(EXPLAIN, { s: ruled.id, c: idOf('above') }).catch(() => {})
  await german.mutate(ADD, { input: { segmentId: id, customerIds: [idOf('neighbour')] } }).catch(() => {})
  await german.query(ENTITIES, { r: [{ __typename: 'Customer', id: idOf('shanghai') }] })
  const { rows } = await svc.database.system.query(
    `select entity_type as type, entity_id as id, reason from audit_entry
     where subject = $1 and outcome = 'DENIED' order by position`,
    [actor.subject],
  )
  expect(rows).toEqual(
    (['above', 'neighbour', 'shanghai'] as const).map((name) => ({
      type: 'Customer',
      id: idOf(name),
      reason: 'access_scope',
    })),
  )
})
