import { randomUUID } from 'node:crypto'
import {
  complaintReceived,
  customerCreated,
  customerUpdated,
  membershipEntered,
  staffRecorded,
  tagMerged,
} from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aDefinition, aMember, CREATE as CREATE_AUTOMATION, goOff, READ, START } from '../../fixture/automations.js'
import { aComplaint, aCustomer } from '../../fixture/builders.js'
import { segmentation } from '../service.js'

const svc = await startForTest(segmentation)
const manager = svc.as('manager')

const CREATE = 'mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id rule } }'
const MEMBERS = 'query ($id: ID!) { segment(id: $id) { members { nodes { customer { id } } } } }'
const PREVIEW = 'query ($rule: SegmentRuleInput!) { previewSegment(rule: $rule) { count } }'
const BY_FACTS = 'query ($rule: SegmentRuleInput!) { customersByFacts(rule: $rule) { nodes { id } } }'
const EXPLAIN =
  'query ($segmentId: ID!, $customerId: ID!) { explainSegment(segmentId: $segmentId, customerId: $customerId) { holds isMember conditions { path holds } } }'

const define = async (rule: object, as = manager) => {
  const input = { key: randomUUID(), name: '分群', kind: 'DYNAMIC', rule }
  return (await as.mutate(CREATE, { input })).createSegment as { id: string; rule: object }
}
const membersOf = async (id: string, as = manager): Promise<string[]> => {
  await svc.drain()
  while (await svc.jobs.find(({ name }) => name === 'segmentation-evaluate-segments')!.run());
  const { segment } = await as.query(MEMBERS, { id })
  return segment.members.nodes.map(({ customer }: { customer: { id: string } }) => customer.id).toSorted()
}
const known = async (tags: string[], tenant = 'acme') =>
  (await svc.deliver(customerCreated, aCustomer({ tags }), { tenant })).data
const merge = (key: string, intoKey: string, tenant = 'acme') =>
  svc.deliver(tagMerged, { ...tagMerged.example, id: randomUUID(), key, intoKey }, { tenant })
const hasEverEntered = async (segmentId: string, customerId: string) => {
  await svc.relay()
  const entered = await svc.published(membershipEntered)
  return entered.some((one) => one.segmentId === segmentId && one.customerId === customerId)
}
/** Keys that no other test has. */
const keys = (...names: string[]) => {
  const own = randomUUID().slice(0, 8)
  return names.map((name) => `${name}-${own}`) as [string, string, string]
}

test('who had a merged tag stays excluded by it, whichever event comes first', async () => {
  const [from, into] = keys('no-mail', '勿扰')
  const [excluded, moved, other] = [await known([from]), await known([into]), await known([])]
  const { id } = await define({ all: [{ tag: { hasNone: [from] } }, { source: { eq: excluded.source! } }] })
  expect(await membersOf(id)).toContain(moved.id)
  expect(await membersOf(id)).not.toContain(excluded.id)
  await merge(from, into)
  const beforeItsEvent = await membersOf(id)
  await svc.deliver(customerUpdated, { ...excluded, version: 2, tags: [into], changedFields: ['tags'] })
  const after = await membersOf(id)
  for (const members of [beforeItsEvent, after]) {
    expect(members).not.toContain(excluded.id)
    expect(members).not.toContain(moved.id)
    expect(members).toContain(other.id)
  }
  expect(await hasEverEntered(id, excluded.id)).toBe(false)
})

test('who gets the one tag for the other before the merge is told stays excluded too', async () => {
  const [from, into] = keys('no-mail', 'do-not-mail')
  const excluded = await known([from])
  const { id } = await define({ tag: { hasNone: [from] } })
  const mergedTags = [{ key: from, intoKey: into }]
  const moved = { ...excluded, version: 2, tags: [into], mergedTags, changedFields: ['tags'] }
  await svc.deliver(customerUpdated, moved)
  await svc.drain()
  await merge(from, into)
  expect(await membersOf(id)).not.toContain(excluded.id)
  expect(await hasEverEntered(id, excluded.id)).toBe(false)
})

test.each([
  ['has', (key: string) => ({ has: key })],
  ['hasAny', (key: string) => ({ hasAny: ['nothing', key] })],
  ['hasAll', (key: string) => ({ hasAll: ['both', key] })],
])('%s finds by either key all who have the tag, before and after their events', async (_, conditionOn) => {
  const [first, from, into] = keys('first', 'from', 'into')
  const customers = [await known([first, 'both']), await known([from, 'both']), await known([into, 'both'])]
  const ids = customers.map(({ id }) => id).toSorted()
  const segments = [await define({ tag: conditionOn(from) }), await define({ tag: conditionOn(into) })]
  await merge(from, into)
  await merge(first, from)
  for (const { id } of segments) expect(await membersOf(id)).toEqual(ids)
  for (const key of [first, from, into]) {
    const rule = { tag: conditionOn(key) }
    expect((await manager.query(PREVIEW, { rule })).previewSegment.count).toBe(3)
    const { nodes } = (await manager.query(BY_FACTS, { rule })).customersByFacts
    expect(nodes.map(({ id }: { id: string }) => id).toSorted()).toEqual(ids)
  }
  for (const one of customers) {
    await svc.deliver(customerUpdated, { ...one, version: 2, tags: ['both', into], changedFields: ['tags'] })
  }
  for (const { id } of segments) expect(await membersOf(id)).toEqual(ids)
  const explained = await manager.query(EXPLAIN, { segmentId: segments[0]!.id, customerId: ids[0] })
  expect(explained.explainSegment).toMatchObject({ holds: true, isMember: true, conditions: [{ holds: true }] })
})

test('a tag that goes on as another goes on with that, in whatever order one hears of it', async () => {
  const [from, into, last] = keys('a', 'b', 'c')
  const customer = await known([last])
  const { id } = await define({ tag: { has: from } })
  await merge(into, last)
  await merge(from, into)
  await merge(from, into)
  expect(await membersOf(id)).toEqual([customer.id])
})

test('another tenant has tags of its own', async () => {
  const [from, into] = keys('from', 'into')
  const globex = svc.as({ roles: ['manager'], tenant: 'globex' })
  await known([into], 'globex')
  const { id } = await define({ tag: { has: from } }, globex)
  await merge(from, into)
  expect(await membersOf(id, globex)).toEqual([])
})

test('an automation goes on when the tag that it names was merged', async () => {
  const [from, into] = keys('from', 'into')
  const actor = svc.as({ roles: ['manager'], subject: 'mia', territories: [''] } as never)
  await svc.deliver(staffRecorded, aMember('mia'))
  const definition = aDefinition({ customerCondition: { tag: { has: from } } })
  const { id } = (await actor.mutate(CREATE_AUTOMATION, { input: { name: 'a', definition } })).createAutomation
  await actor.mutate(START, { input: { id } })
  await merge(from, into)
  const customer = await known([into])
  await svc.deliver(complaintReceived, aComplaint(customer.id))
  await goOff(svc)
  expect((await actor.query(READ, { id })).automation).toMatchObject({ fired: 1, conditionFalse: 0 })
})

test('a rule has tags by their keys, as they are given to customers', async () => {
  const { rule } = await define({
    any: [{ tag: { has: ' Ｎｏ  Mail ' } }, { not: { tag: { hasNone: ['VIP 客户', '😀'] } } }],
  })
  expect(rule).toEqual({ any: [{ tag: { has: 'no-mail' } }, { not: { tag: { hasNone: ['vip-客户', '😀'] } } }] })
})
