import {
  complaintAcknowledged,
  complaintClosed,
  complaintMarkedDuplicate,
  complaintReceived,
  customerCreated,
  customerTagged,
  customerUpdated,
  membershipEntered,
  membershipExited,
  purchaseCorrected,
  purchaseRecorded,
  purchaseVoided,
  responseCompleted,
  visitCompleted,
  visitPlanned,
} from '@clientele/contracts'
import { formatDecimal, parseDecimal, roundToMinor } from '@clientele/kit'
import { createRandom } from '@clientele/query-compiler/equality'
import { startForTest } from '@clientele/testkit'
import fc from 'fast-check'
import { aComplaint, aCustomer, aPurchase, aResponse, aVisit } from '../../fixture/builders.js'
import { segmentation } from '../service.js'

const statements: string[] = []
const now = new Date('2026-04-01T12:00:00.000Z')
const svc = await startForTest(segmentation, {
  now: () => now,
  onStatement: (sql) => statements.push(sql),
  queryCompiler: false,
})

const FACTS = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id
  facts { purchaseCount firstPurchaseAt lastPurchaseAt purchaseTotals { amount currency } complaintCount openComplaints
    lastComplaintAt visitCount lastVisitAt nps csat ces lastRespondedAt asOf }
  segments { key name enteredAt segment { id memberCount } }
  rfm { recencyDays frequency monetary { amount currency } r f m computedAt } } } }`

const customers = async (ids: string[], tenant = 'acme') =>
  (await svc.as({ roles: ['sales'], tenant }).query(FACTS, { r: ids.map((id) => ({ __typename: 'Customer', id })) }))
    ._entities
const factsOf = async (id: string) => (await customers([id]))[0].facts

const shortest = (amount: string) => amount.replace(/\.?0+$/, '')
const money = (amount: string, currency = 'EUR') => ({ amount, currency })
const CREATE = 'mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id evaluation memberCount } }'
const define = async (key: string, rule: object) =>
  (await svc.as('manager').mutate(CREATE, { input: { key, name: key, kind: 'DYNAMIC', rule } })).createSegment

test('purchases become counts, dates and totals per currency, net of cancellations', async () => {
  const { id } = await svc.deliver(customerCreated, aCustomer()).then(({ data }) => data)
  await svc.deliver(purchaseRecorded, aPurchase(id, { orderedAt: '2026-01-05T00:00:00Z', total: money('10.1') }))
  await svc.deliver(purchaseRecorded, aPurchase(id, { orderedAt: '2026-02-05T00:00:00Z', total: money('20.0001') }))
  await svc.deliver(purchaseRecorded, aPurchase(id, { orderedAt: '2026-01-01T00:00:00Z', total: money('5', 'CNY') }))
  await svc.deliver(
    purchaseRecorded,
    aPurchase(id, { kind: 'CANCELLATION', orderedAt: '2026-03-05T00:00:00Z', total: money('-10.1') }),
  )
  await svc.drain()
  const [{ facts, rfm }] = await customers([id])
  expect(facts).toMatchObject({
    purchaseCount: 3,
    firstPurchaseAt: '2026-01-01T00:00:00.000Z',
    lastPurchaseAt: '2026-02-05T00:00:00.000Z',
    purchaseTotals: [money('5', 'CNY'), money('20.0001')],
    asOf: now.toISOString(),
  })
  expect(rfm).toMatchObject({ recencyDays: 55, frequency: 3, monetary: money('20'), r: null, computedAt: null })
})

test('a purchase that is corrected, delivered twice and late counts once, in its newest version, for its newest customer', async () => {
  const [first, second] = [aCustomer(), aCustomer()]
  for (const customer of [first, second]) await svc.deliver(customerCreated, customer)
  const purchase = aPurchase(first.id, { total: money('7') })
  const corrected = { ...purchase, version: 3, customerId: second.id, total: money('9'), changedFields: ['total'] }
  await svc.deliver(purchaseRecorded, purchase)
  await svc.drain()
  expect(await factsOf(first.id)).toMatchObject({ purchaseCount: 1, purchaseTotals: [money('7')] })
  await svc.deliver(purchaseCorrected, corrected)
  await svc.drain()
  expect(await factsOf(first.id)).toMatchObject({ purchaseCount: 0, lastPurchaseAt: null, purchaseTotals: [] })
  await svc.deliver(purchaseRecorded, purchase)
  await svc.deliver(purchaseCorrected, { ...corrected, version: 2, customerId: first.id, total: money('8') })
  await svc.drain()
  expect(await factsOf(first.id)).toMatchObject({ purchaseCount: 0, lastPurchaseAt: null, purchaseTotals: [] })
  expect(await factsOf(second.id)).toMatchObject({ purchaseCount: 1, purchaseTotals: [money('9')] })
})

test('whatever was recorded, corrected and voided, in whatever order it comes, only what counts now is summed, exactly', async () => {
  const random = createRandom(3)
  const { id } = (await svc.deliver(customerCreated, aCustomer())).data
  const large = ['999999999999999.9999', '999999999999999', '0.0001', '-999999999999999.9999']
  const counting: bigint[] = []
  const events = Array.from({ length: 30 }, () => {
    const purchase = aPurchase(id)
    const versions = Array.from({ length: 1 + random.below(3) }, (_, at) => ({
      ...purchase,
      ...{ version: at + 1, total: money(random.one(large)), status: 'RECORDED' as 'RECORDED' | 'VOIDED' },
    }))
    const last = versions.at(-1)!
    if (versions.length > 1 && random.chance(0.4)) last.status = 'VOIDED'
    else counting.push(parseDecimal(last.total.amount))
    return versions
  }).flat()
  for (const event of fc.sample(fc.shuffledSubarray(events, { minLength: events.length }), {
    numRuns: 1,
    seed: 3,
  })[0]!) {
    if (event.version === 1) await svc.deliver(purchaseRecorded, event)
    else if (event.status === 'VOIDED') await svc.deliver(purchaseVoided, event)
    else await svc.deliver(purchaseCorrected, { ...event, changedFields: ['total'] })
  }
  await svc.drain()
  const sum = counting.reduce((total, one) => total + one, 0n)
  expect(sum > 10n ** 19n || sum < -(10n ** 19n)).toBe(true)
  const [{ facts, rfm }] = await customers([id])
  expect(facts.purchaseCount).toBe(counting.length)
  expect(parseDecimal(facts.purchaseTotals[0].amount)).toBe(sum)
  expect(rfm.monetary.amount).toBe(shortest(roundToMinor(formatDecimal(sum), 'EUR')))
  const run = 'mutation { recomputeRfm(input: {}) { status skipped } }'
  expect((await svc.as('manager').mutate(run)).recomputeRfm).toEqual({ status: 'READY', skipped: 0 })
  const [scored] = await customers([id])
  expect(scored.rfm.m).not.toBeNull()
})

test('complaints are open until they end, and repeated ones do not count', async () => {
  const { id } = (await svc.deliver(customerCreated, aCustomer())).data
  const complaint = aComplaint(id, { receivedAt: '2026-03-01T00:00:00Z' })
  const later = aComplaint(id, { receivedAt: '2026-03-20T00:00:00Z', severity: 'LOW' })
  await svc.deliver(complaintReceived, complaint)
  await svc.deliver(complaintReceived, later)
  await svc.drain()
  expect(await factsOf(id)).toMatchObject({
    complaintCount: 2,
    openComplaints: 2,
    lastComplaintAt: '2026-03-20T00:00:00.000Z',
  })
  await svc.deliver(complaintClosed, { ...complaint, version: 3, status: 'CLOSED' })
  await svc.deliver(complaintAcknowledged, { ...complaint, version: 2, status: 'ACKNOWLEDGED' })
  await svc.deliver(complaintMarkedDuplicate, { ...later, version: 2, status: 'DUPLICATE' })
  await svc.drain()
  expect(await factsOf(id)).toMatchObject({
    complaintCount: 1,
    openComplaints: 0,
    lastComplaintAt: '2026-03-01T00:00:00.000Z',
  })
})

test('visits count when they took place, and of each score the latest is kept', async () => {
  const { id } = (await svc.deliver(customerCreated, aCustomer())).data
  const visit = aVisit(id, { plannedEnd: '2026-03-10T10:00:00Z' })
  await svc.deliver(visitPlanned, visit)
  await svc.deliver(visitPlanned, aVisit(id))
  await svc.deliver(visitCompleted, { ...visit, version: 2, status: 'COMPLETED' })
  await svc.deliver(
    responseCompleted,
    aResponse(id, { completedAt: '2026-03-02T00:00:00Z', nps: 3, csat: null, ces: 6 }),
  )
  await svc.deliver(
    responseCompleted,
    aResponse(id, { completedAt: '2026-03-01T00:00:00Z', nps: 9, csat: 5, ces: null }),
  )
  await svc.drain()
  expect(await factsOf(id)).toMatchObject({
    ...{ visitCount: 1, lastVisitAt: '2026-03-10T10:00:00.000Z' },
    ...{ nps: 3, csat: 5, ces: 6, lastRespondedAt: '2026-03-02T00:00:00.000Z' },
  })
})

test('facts that arrive before their customer are kept, and count in segments once the customer is known', async () => {
  const segment = await define('early', { all: [{ purchaseCount: { eq: 7 } }, { not: { source: { eq: 'web' } } }] })
  const customer = aCustomer({ source: 'shop' })
  for (let i = 0; i < 7; i++) await svc.deliver(purchaseRecorded, aPurchase(customer.id))
  await svc.drain()
  expect((await customers([customer.id]))[0]).toMatchObject({ facts: { purchaseCount: 7 }, segments: [] })
  await svc.deliver(customerCreated, customer)
  await svc.drain()
  expect((await customers([customer.id]))[0].segments).toEqual([
    { key: 'early', name: 'early', enteredAt: now.toISOString(), segment: { id: segment.id, memberCount: 1 } },
  ])
})

test('an older version of a customer does not undo a newer one', async () => {
  await define('tagged', { tag: { hasAll: ['重点', 'vip'] } })
  const customer = aCustomer()
  await svc.deliver(customerTagged, { ...customer, version: 3, tags: ['vip', '重点'], changed: ['vip'] })
  await svc.deliver(customerUpdated, { ...customer, version: 2, changedFields: ['territory'] })
  await svc.drain()
  await svc.deliver(customerCreated, customer)
  await svc.drain()
  expect((await customers([customer.id]))[0].segments).toMatchObject([{ key: 'tagged' }])
})

test('each entry and each exit is published once, without personal data', async () => {
  const { id } = await define('complaining', { openComplaints: { gte: 1 } })
  const customer = aCustomer()
  const complaint = aComplaint(customer.id)
  await svc.deliver(customerCreated, customer)
  await svc.deliver(complaintReceived, complaint)
  await svc.drain()
  await svc.deliver(complaintReceived, complaint)
  await svc.drain()
  await svc.deliver(complaintClosed, { ...complaint, version: 2, status: 'CLOSED' })
  await svc.settle()
  const of = ({ customerId, segmentId }: { customerId: string; segmentId: string }) =>
    customerId === customer.id && segmentId === id
  const expected = { segmentKey: 'complaining', reason: 'RULE', at: now.toISOString() }
  const entered = (await svc.published(membershipEntered)).filter(of)
  const exited = (await svc.published(membershipExited)).filter(of)
  expect(entered).toMatchObject([{ ...expected, version: 1 }])
  expect(exited).toMatchObject([{ ...expected, id: entered[0]?.id, version: 2 }])
  expect(Object.keys(entered[0] ?? {}).toSorted()).toEqual([
    'at',
    'customerId',
    'id',
    'reason',
    'segmentId',
    'segmentKey',
    'version',
  ])
})

test('a batch of 100 events costs a handful of statements, and 100 customers with all their fields one for each field', async () => {
  const many = Array.from({ length: 50 }, () => aCustomer({ source: 'many' }))
  await define('many-a', { source: { eq: 'many' } })
  await define('many-b', { purchaseCount: { gte: 2 } })
  for (const customer of many) await svc.deliver(customerCreated, customer)
  await svc.drain()
  for (const { id } of many) for (const _ of [1, 2]) await svc.deliver(purchaseRecorded, aPurchase(id))
  statements.length = 0
  await svc.drain()
  // Two fetches at most: the server may hand over the first event by itself.
  expect(statements.filter((sql) => !/^(begin|commit|select set_config)/i.test(sql)).length).toBeLessThanOrEqual(2 * 16)
  statements.length = 0
  const answer = await customers(many.map(({ id }) => id))
  expect(answer).toHaveLength(50)
  for (const one of answer) expect(one.segments.map(({ key }: { key: string }) => key)).toEqual(['many-a', 'many-b'])
  // Facts, memberships, RFM, segments, and their counts.
  expect(statements.filter((sql) => /from "?(customer_facts|segment|segment_membership)"?/.test(sql))).toHaveLength(5)
})

test("another tenant's customer has no facts, no segments and no scores here", async () => {
  const { id } = (await svc.deliver(customerCreated, aCustomer(), { tenant: 'globex' })).data
  await svc.deliver(purchaseRecorded, aPurchase(id), { tenant: 'globex' })
  await svc.drain()
  expect(await customers([id])).toEqual([{ id, facts: null, segments: [], rfm: null }])
  expect((await customers([id], 'globex'))[0]).toMatchObject({ facts: { purchaseCount: 1 }, rfm: { frequency: 1 } })
})

test('an id that cannot be one is nobody', async () => {
  expect(await customers(['nobody'])).toEqual([null])
})
