import { randomUUID } from 'node:crypto'
import { evaluator } from '@clientele/conditions'
import {
  complaintReceived,
  customerCreated,
  customerUpdated,
  membershipEntered,
  membershipExited,
  purchaseRecorded,
} from '@clientele/contracts'
import { createRandom } from '@clientele/query-compiler/equality'
import { startForTest } from '@clientele/testkit'
import { aComplaint, aCustomer, aPurchase } from '../../fixture/builders.js'
import { ADD, ARCHIVE, CREATE, MEMBERS, ONE, REMOVE, UPDATE } from '../../fixture/segment-documents.js'
import { customerVocabulary, type Facts } from '../rules/customer-vocabulary.js'
import type { SegmentRule } from '../rules/rule.js'
import { segmentation } from '../service.js'

let now = new Date('2026-04-01T12:00:00.000Z')
/** By how much time passes whenever somebody looks at the clock. */
let tickMs = 0
const svc = await startForTest(segmentation, {
  now: () => {
    now = new Date(+now + tickMs)
    return now
  },
})
const [evaluateJob, , timeJob] = svc.jobs

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

test('as time passes, customers are moved at the very moment, in every tenant, also after downtime', async () => {
  const before = now
  const day = 86_400_000
  const random = createRandom(5)
  const rules: Record<string, SegmentRule> = {
    recent: { lastPurchaseDaysAgo: { lte: 2 } },
    exact: { firstPurchaseDaysAgo: { eq: 3 } },
    over: { lastPurchaseDaysAgo: { gt: 0 } },
    from: { lastPurchaseDaysAgo: { gte: 2 } },
    young: { createdDaysAgo: { lt: 6 } },
    lapsed: { any: [{ lastPurchaseDaysAgo: { gt: 0 } }, { not: { createdDaysAgo: { lt: 4 } } }] },
    upset: { complaintsInDays: { days: 2, gte: 1 } },
  }
  const ids: Record<string, string[]> = { time: [], later: [] }
  const system = svc.database.system
  const clockOf = async (tenant: string) =>
    (await system.query('select due_at from segment_clock where tenant = $1', [tenant])).rows[0].due_at as Date | null
  const follow = async () => {
    let rounds = 0
    while (await timeJob?.run()) rounds++
    return rounds
  }
  const happen = async (tenant: string) => {
    const id = random.one(ids[tenant]!)
    const at = new Date(+now - random.below(3 * day)).toISOString()
    if (random.chance(0.5)) await svc.deliver(purchaseRecorded, aPurchase(id, { orderedAt: at }), { tenant })
    else await svc.deliver(complaintReceived, aComplaint(id, { receivedAt: at }), { tenant })
    await svc.drain()
  }
  /** The members of each segment, and who should be one by the rule in plain TypeScript. */
  const compare = async (tenant: string) => {
    const em = svc.database.fork({ subject: 't', roles: [], tenant, territories: [], kind: 'person' }, now)
    const rows = await em.execute<any[]>(
      `select id, last_purchase_at as last, first_purchase_at as first, customer_created_at as made,
         array(select received_at from complaint_fact c where c.customer_id = f.id) as received,
         array(select s.key from segment_membership m join segment s on s.id = m.segment_id
           where m.customer_id = f.id and m.exited_at is null order by s.key) as segments
       from customer_facts f`,
    )
    const date = (at: string | null) => at && new Date(at)
    for (const row of rows) {
      const facts = {
        lastPurchaseAt: date(row.last),
        firstPurchaseAt: date(row.first),
        customerCreatedAt: date(row.made),
      }
      const holding = Object.entries(rules).filter(([, rule]) =>
        evaluator(customerVocabulary, rule)(
          { ...facts, complaintsReceivedAt: row.received.map(date) } as unknown as Facts,
          now,
        ),
      )
      expect({ now, row, segments: row.segments }).toEqual({
        ...{ now, row },
        segments: holding.map(([key]) => key).toSorted(),
      })
    }
  }
  try {
    for (const tenant of Object.keys(ids)) {
      const as = svc.as({ roles: ['manager'], tenant })
      for (const [key, rule] of Object.entries(rules)) await create({ key, kind: 'DYNAMIC', rule }, as)
      for (let made = 0; made < 5; made++) {
        const createdAt = new Date(+now - random.below(5 * day)).toISOString()
        ids[tenant]!.push((await known({ createdAt }, tenant)).id)
      }
      await svc.drain()
      for (let made = 0; made < 6; made++) await happen(tenant)
    }
    for (let step = 0; step < 25; step++) {
      const due = await clockOf('time')
      if (!due) {
        await happen('time')
        continue
      }
      now = new Date(+due - 1)
      await follow()
      await compare('time')
      now = due
      expect(await follow()).toBeGreaterThan(0)
      await compare('time')
      if (random.chance(0.4)) await happen('time')
      now = new Date(+now + random.below(day / 4))
      await follow()
      await compare('time')
      expect(+((await clockOf('time')) ?? Infinity) > +now).toBe(true)
    }
    now = new Date(+before + 40 * day)
    await follow()
    for (const tenant of Object.keys(ids)) await compare(tenant)
    expect(await follow()).toBe(0)
  } finally {
    now = before
  }
})

test('a definition that cannot be applied keeps no other waiting, of whichever tenant', async () => {
  const bad = svc.as({ roles: ['manager'], tenant: 'bad' })
  for (let made = 0; made < 22; made++) await create({ kind: 'DYNAMIC', rule: { source: { eq: 'x' } } }, bad)
  const good = await dynamic({ source: { eq: 'good' } })
  const spoil = async (tenant: string, sql: string) =>
    svc.database.fork({ subject: 't', roles: [], tenant, territories: [], kind: 'person' }, now).execute(sql)
  await spoil('bad', `update segment set rule = '{"nonsense": {}}', evaluation = 'EVALUATING', evaluated_at = null`)
  await spoil('acme', `update segment set evaluation = 'EVALUATING' where id = '${good.id}'`)
  await evaluateJob?.run()
  await evaluateJob?.run()
  expect(await read(good.id)).toMatchObject({ evaluation: 'READY' })
  expect(
    (
      await svc.database.system.query(
        `select count(*)::int as n from segment where tenant = 'bad' and evaluation = 'EVALUATING'`,
      )
    ).rows[0].n,
  ).toBe(22)
  await spoil('bad', `update segment set rule = '{"source": {"eq": "x"}}'`)
  now = new Date(+now + 3_600_000)
  try {
    while (await evaluateJob?.run());
    expect((await svc.database.system.query(`select from segment where evaluation = 'EVALUATING'`)).rows).toEqual([])
  } finally {
    now = new Date(+now - 3_600_000)
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

test('a moment that comes while a customer is evaluated moves them all the same', async () => {
  // A tenant for each: another customer's moment would move them all.
  const moved: boolean[] = []
  for (let seconds = 0; seconds < 16; seconds++) {
    const tenant = `ticking-${seconds}`
    const as = svc.as({ roles: ['manager'], tenant })
    const { id } = await create({ kind: 'DYNAMIC', rule: { lastPurchaseDaysAgo: { gte: 1 } } }, as)
    while (await evaluateJob?.run());
    const customer = await known({}, tenant)
    await svc.drain()
    const orderedAt = new Date(+now - 24 * 3_600_000 + seconds * 1_000 + 500).toISOString()
    tickMs = 1_000
    await svc.deliver(purchaseRecorded, aPurchase(customer.id, { orderedAt }), { tenant })
    await svc.drain()
    tickMs = 0
    now = new Date(+now + 60_000)
    while (await timeJob?.run());
    moved.push((await as.query(MEMBERS, { id, first: 1 })).segment.members.totalCount === 1)
  }
  expect(moved).toEqual(moved.map(() => true))
})

test('rules with more values than a statement takes are evaluated all the same', async () => {
  const as = svc.as({ roles: ['manager'], tenant: 'ruled' })
  const every = { eq: 4, gt: 3, gte: 3, lt: 5, lte: 5 }
  const rule = { any: Array.from({ length: 99 }, () => ({ rfm: { r: every, f: every, m: every, score: every } })) }
  for (let n = 0; n < 34; n++) await create({ kind: 'DYNAMIC', rule }, as)
  const { id } = await create({ kind: 'DYNAMIC', rule: { lastPurchaseDaysAgo: { gte: 0 } } }, as)
  while (await evaluateJob?.run());
  const { id: customer } = await known({}, 'ruled')
  await svc.deliver(purchaseRecorded, aPurchase(customer, { orderedAt: now.toISOString() }), { tenant: 'ruled' })
  await svc.drain()
  const { segment } = await as.query(MEMBERS, { id, first: 10 })
  expect(segment.members.edges.map((edge: any) => edge.node.customer.id)).toEqual([customer])
})

// Last, since what follows would handle its thousands of events first.
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
