import {
  complaintReceived,
  customerCreated,
  customerUpdated,
  purchaseRecorded,
  responseCompleted,
} from '@clientele/contracts'
import type { Actor } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import fc from 'fast-check'
import { aComplaint, aCustomer, aPurchase, aResponse } from '../../fixture/builders.js'
import { keepCustomers } from '../customer/customer.actions.js'
import { segmentation } from '../service.js'
import { evaluateCustomers, evaluateSegment, lockEvaluation, type RuledSegment } from './evaluation.actions.js'

const svc = await startForTest(segmentation)
const manager = svc.as('manager')
const self: Actor = {
  subject: 's',
  roles: ['service_account'],
  tenant: 'acme',
  territories: [],
  kind: 'service',
  itself: true,
}

const CREATE = 'mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id memberCount } }'
const UPDATE = 'mutation ($input: UpdateSegmentInput!) { updateSegment(input: $input) { memberCount } }'
const COUNT = 'query ($id: ID!) { segment(id: $id) { memberCount } }'

const isWaiting = async () => {
  const { rows } = await svc.database.system.query(
    `select from pg_locks where locktype = 'advisory' and not granted
       and database = (select oid from pg_database where datname = current_database())`,
  )
  return rows.length > 0
}

/** Until one of the two happens; asks again at once, since the database paces it. */
const untilWaitingOr = async (done: () => boolean) => {
  while (!done() && !(await isWaiting()));
}

test('a rule that changes while a customer is evaluated by the old one does not miss that customer', async () => {
  const input = { key: 'race', name: 'race', kind: 'DYNAMIC', rule: { source: { eq: 'nowhere' } } }
  const { id } = (await manager.mutate(CREATE, { input })).createSegment
  const evaluated = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const customer = aCustomer({ source: 'somewhere' })
  const change = svc.context(self).transaction(async (tx) => {
    await evaluateCustomers(tx, await keepCustomers(tx, [customer]))
    evaluated.resolve()
    await commit.promise
  })
  await evaluated.promise
  let updated = false
  const update = manager.mutate(UPDATE, { input: { id, rule: { source: { eq: 'somewhere' } } } }).finally(() => {
    updated = true
  })
  await untilWaitingOr(() => updated)
  commit.resolve()
  await Promise.all([change, update])
  expect((await manager.query(COUNT, { id })).segment.memberCount).toBe(1)
})

test('of two changes of one customer at the same time, the later one is evaluated with the facts of both', async () => {
  const rule = { all: [{ tag: { has: 'vip' } }, { status: { eq: 'ARCHIVED' } }] }
  const input = { key: 'both', name: 'both', kind: 'DYNAMIC', rule }
  const { id } = (await manager.mutate(CREATE, { input })).createSegment
  const customer = aCustomer()
  const versions = [
    { ...customer, version: 2, tags: ['vip'] },
    { ...customer, version: 3, tags: ['vip'], status: 'ARCHIVED' as const },
    { ...customer, version: 1 },
  ]
  await Promise.all(
    versions.map((record) =>
      svc.context(self).transaction(async (tx) => evaluateCustomers(tx, await keepCustomers(tx, [record]))),
    ),
  )
  expect((await manager.query(COUNT, { id })).segment.memberCount).toBe(1)
})

const rules = {
  buyers: { purchaseCount: { gte: 2 } },
  spenders: { purchaseTotal: { currency: 'EUR', gt: '500' } },
  unhappy: { any: [{ nps: { lte: 4 } }, { openComplaints: { gte: 2 } }] },
  quiet: { not: { any: [{ complaintCount: { gte: 1 } }, { purchaseCount: { gte: 1 } }] } },
  tagged: { all: [{ tag: { hasAny: ['a', 'b'] } }, { not: { tag: { has: 'c' } } }] },
  recent: { complaintsInDays: { days: 3_000, lt: 2 } },
}

test('whatever happens in whatever order, single evaluations end in the members that a whole one finds', async () => {
  const tenant = 'random'
  const as = svc.as({ roles: ['manager'], tenant })
  for (const [key, rule] of Object.entries(rules)) {
    await as.mutate(CREATE, { input: { key, name: key, kind: 'DYNAMIC', rule } })
  }
  const people = Array.from({ length: 12 }, () => aCustomer())
  const happenings = fc.tuple(
    fc.constantFrom(...people),
    fc.constantFrom('customer', 'change', 'purchase', 'complaint', 'response'),
    fc.integer({ min: 0, max: 10 }),
    fc.subarray(['a', 'b', 'c']),
  )
  for (const [person, what, n, tags] of fc.sample(happenings, 200)) {
    const { id } = person
    const total = { amount: String(n * 50), currency: n % 2 ? 'EUR' : 'CNY' }
    if (what === 'customer') await svc.deliver(customerCreated, { ...person, tags }, { tenant })
    if (what === 'change') {
      await svc.deliver(customerUpdated, { ...person, version: n + 1, tags, changedFields: ['tags'] }, { tenant })
    }
    if (what === 'purchase') await svc.deliver(purchaseRecorded, aPurchase(id, { total }), { tenant })
    if (what === 'complaint') await svc.deliver(complaintReceived, aComplaint(id), { tenant })
    if (what === 'response') await svc.deliver(responseCompleted, aResponse(id, { nps: n }), { tenant })
  }
  await Promise.all(svc.consumptions.map((one) => one.drain()))
  const context = svc.context({ ...self, tenant })
  const open = () =>
    context.em.execute<{ id: string }[]>('select id from segment_membership where exited_at is null order by id')
  const before = await open()
  await context.transaction(async (tx) => {
    await lockEvaluation(tx)
    const segments = await tx.em.execute<RuledSegment[]>('select id, key, rule from segment')
    for (const segment of segments) await evaluateSegment(tx, segment)
  })
  expect(before.length).toBeGreaterThan(10)
  expect(await open()).toEqual(before)
})
