import { randomUUID } from 'node:crypto'
import {
  customerCreated,
  membershipEntered,
  purchaseCorrected,
  purchaseRecorded,
  rfmChanged,
} from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aCustomer, aPurchase } from '../../fixture/builders.js'
import { segmentation } from '../service.js'

const day = 86_400_000
let now = new Date('2026-04-01T12:00:00.000Z')
const statements: string[] = []
const svc = await startForTest(segmentation, {
  now: () => now,
  onStatement: (sql) => statements.push(sql),
  queryCompiler: false,
})
const rfmJob = svc.jobs[1]

const ago = (days: number) => new Date(now.getTime() - days * day).toISOString()
const RFM = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer {
  rfm { recencyDays frequency monetary { amount currency } r f m computedAt } segments { key } } } }`
const RECOMPUTE =
  'mutation ($input: RecomputeRfmInput!) { recomputeRfm(input: $input) { id version status computedAt customers skipped } }'

const inTenant = (tenant: string) => {
  const as = svc.as({ roles: ['analyst'], tenant })
  const all = async (ids: string[]) =>
    (await as.query(RFM, { r: ids.map((id) => ({ __typename: 'Customer', id })) }))._entities
  return {
    as,
    all,
    one: async (id: string) => (await all([id]))[0].rfm,
    recompute: async (input: object = {}) => (await as.mutate(RECOMPUTE, { input })).recomputeRfm,
    /** A customer who bought so many times, last so many days ago, each time for this amount. */
    buyer: async (days: number, count: number, amount: string, currency = 'EUR') => {
      const { id } = (await svc.deliver(customerCreated, aCustomer(), { tenant })).data
      for (let i = 0; i < count; i++) {
        const fields = { orderedAt: ago(days + i), total: { amount, currency } }
        await svc.deliver(purchaseRecorded, aPurchase(id, fields), { tenant })
      }
      return id
    },
  }
}

const scoresOf = (rows: any[]) => rows.map(({ rfm }) => `${rfm.r}${rfm.f}${rfm.m}`)

test('quintiles score recency, frequency and amount, equal values alike, and publish what changed once', async () => {
  const t = inTenant('quintiles')
  const ids: string[] = []
  for (const [days, count, amount] of [
    [100, 1, '1'],
    [80, 1, '2'],
    [60, 1, '3'],
    [40, 2, '4'],
    [20, 9, '9.99'],
  ] as const) {
    ids.push(await t.buyer(days, count, amount))
  }
  await svc.drain()
  expect(await t.one(ids[0] as string)).toEqual({
    ...{ recencyDays: 100, frequency: 1, monetary: { amount: '1', currency: 'EUR' }, computedAt: null },
    ...{ r: null, f: null, m: null },
  })
  const run = await t.recompute()
  expect(run).toMatchObject({ status: 'READY', customers: 5, computedAt: now.toISOString() })
  expect(scoresOf(await t.all(ids))).toEqual(['111', '212', '313', '444', '555'])
  await t.recompute()
  await svc.relay()
  const events = (await svc.published(rfmChanged)).filter(({ customerId }) => ids.includes(customerId))
  expect(events).toHaveLength(5)
  expect(events.find(({ id }) => id === ids[4])).toEqual({
    ...{ id: ids[4], customerId: ids[4], version: 1, r: 5, f: 5, m: 5, recencyDays: 20, frequency: 9 },
    monetary: { amount: '89.91', currency: 'EUR' },
  })
})

test('amounts are compared within the currency in which a customer buys most', async () => {
  const t = inTenant('currencies')
  const euro = [await t.buyer(10, 1, '1'), await t.buyer(10, 1, '2')]
  const yuan = [await t.buyer(10, 1, '5000', 'CNY'), await t.buyer(10, 1, '9000', 'CNY')]
  await svc.drain()
  await t.recompute()
  const scores = (await t.all([...euro, ...yuan])).map(({ rfm }: any) => [rfm.m, rfm.monetary.currency])
  expect(scores).toEqual([
    [1, 'EUR'],
    [3, 'EUR'],
    [1, 'CNY'],
    [3, 'CNY'],
  ])
})

test('a sale that is dated ahead scores as one of today', async () => {
  const t = inTenant('ahead')
  const ids = []
  for (const days of [50, 40, 30, 0, -3]) ids.push(await t.buyer(days, 1, '10'))
  await svc.drain()
  await t.recompute()
  const found = (await t.all(ids)).map(({ rfm }: any) => [rfm.recencyDays, rfm.r])
  expect(found).toEqual([
    [50, 1],
    [40, 2],
    [30, 3],
    [0, 4],
    [0, 4],
  ])
})

test('between computations figures are of now, scores stay, and new buyers score by the last bounds', async () => {
  const t = inTenant('between')
  const ids = []
  for (const days of [50, 40, 30, 20, 10]) ids.push(await t.buyer(days, 1, String(60 - days)))
  await svc.drain()
  await t.recompute()
  const before = now
  try {
    now = new Date(now.getTime() + 2 * day)
    const fresh = await t.buyer(0, 2, '17')
    const first = ids[0] as string
    const more = aPurchase(first, { orderedAt: ago(1), total: { amount: '1000', currency: 'EUR' } })
    await svc.deliver(purchaseRecorded, more, { tenant: 'between' })
    await svc.drain()
    expect(await t.one(first)).toMatchObject({
      recencyDays: 1,
      frequency: 2,
      monetary: { amount: '1010' },
      r: 1,
      f: 1,
      m: 1,
    })
    expect(await t.one(fresh)).toMatchObject({
      recencyDays: 0,
      frequency: 2,
      r: 5,
      f: 5,
      m: 4,
      computedAt: before.toISOString(),
    })
    await t.recompute()
    expect(await t.one(first)).toMatchObject({ f: 4, m: 5, computedAt: now.toISOString() })
  } finally {
    now = before
  }
})

test('who never bought, or whose only sale turned out none, has no RFM', async () => {
  const t = inTenant('never')
  const { id } = (await svc.deliver(customerCreated, aCustomer(), { tenant: 'never' })).data
  const purchase = aPurchase(id)
  await svc.drain()
  expect(await t.one(id)).toBeNull()
  await svc.deliver(purchaseRecorded, purchase, { tenant: 'never' })
  await svc.drain()
  await t.recompute()
  expect(await t.one(id)).toMatchObject({ frequency: 1, r: 1 })
  const cancelled = { ...purchase, version: 2, kind: 'CANCELLATION' as const, changedFields: ['kind'] }
  await svc.deliver(purchaseCorrected, cancelled, { tenant: 'never' })
  await svc.drain()
  expect(await t.one(id)).toBeNull()
})

test('the job computes what was never computed, what is old, and what has many new buyers', async () => {
  const t = inTenant('job')
  const id = await t.buyer(5, 1, '10')
  await svc.drain()
  while (await rfmJob?.run());
  expect(await t.one(id)).toMatchObject({ r: 1, computedAt: now.toISOString() })
  const before = now
  try {
    now = new Date(now.getTime() + 3_600_000)
    await rfmJob?.run()
    expect((await t.one(id)).computedAt).toBe(before.toISOString())
    const later = await t.buyer(0, 1, '20')
    await svc.drain()
    await rfmJob?.run()
    expect((await t.one(later)).computedAt).toBe(now.toISOString())
    now = new Date(now.getTime() + day)
    await rfmJob?.run()
    expect((await t.one(id)).computedAt).toBe(now.toISOString())
  } finally {
    now = before
  }
})

test('scores of thousands are written by several transactions, and move customers between segments', async () => {
  const tenant = 'thousands'
  const t = inTenant(tenant)
  await t.buyer(1, 1, '0.0001')
  await svc.drain()
  const em = svc.database.fork({ subject: 't', roles: [], tenant, territories: [], kind: 'person' }, now)
  await em.execute(
    `insert into customer_facts (id, customer_version, purchase_count, last_purchase_at, purchase_currency, purchase_total, as_of)
     select gen_random_uuid(), 1, n, now() - n * interval '1 day', 'EUR', n, now() from generate_series(1, 2499) n`,
  )
  const CREATE = 'mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id memberCount } }'
  const rule = { rfm: { f: { eq: 5 }, score: { gte: 11 } } }
  const input = { key: 'best', name: 'best', kind: 'DYNAMIC', rule }
  expect((await t.as.mutate(CREATE, { input })).createSegment.memberCount).toBe(0)
  expect(await t.recompute()).toMatchObject({ status: 'COMPUTING', customers: 2_500 })
  while (await rfmJob?.run());
  const [row] = await em.execute<object[]>(
    `select count(*)::int as scored, count(*) filter (where f = 5)::int as best, (select status from rfm_run) as status from rfm_score`,
  )
  expect(row).toEqual({ scored: 2_500, best: 500, status: 'READY' })
  await svc.relay()
  const entered = (await svc.published(membershipEntered)).filter(({ segmentKey }) => segmentKey === 'best')
  expect(entered).toHaveLength(500)
})

test('a customer whose score cannot be computed is counted, and stops no other', async () => {
  const t = inTenant('spoilt')
  const ids = []
  for (let count = 1; count <= 5; count++) ids.push(await t.buyer(count, count, '10'))
  await svc.drain()
  const em = svc.database.fork({ subject: 't', roles: [], tenant: 'spoilt', territories: [], kind: 'person' }, now)
  await em.execute(`update customer_facts set purchase_currency = 'no code' where id = ?`, [ids[2]])
  expect(await t.recompute()).toMatchObject({ status: 'READY', customers: 5, skipped: 1 })
  expect(
    (await svc.as({ roles: ['admin'], tenant: 'spoilt' }).query(RFM, { r: [{ __typename: 'Customer', id: ids[0] }] }))
      ._entities[0].rfm.r,
  ).toBe(5)
  const { rows } = await svc.database.system.query(`select status, skipped from rfm_run where tenant = 'spoilt'`)
  expect(rows).toEqual([{ status: 'READY', skipped: 1 }])
  const scored = await em.execute<{ id: string }[]>('select id from rfm_score')
  expect(scored.map(({ id }) => id).toSorted()).toEqual(ids.filter((_, at) => at !== 2).toSorted())
})

test('RFM of many customers is one statement', async () => {
  const t = inTenant('batch')
  statements.length = 0
  await t.all(Array.from({ length: 20 }, () => randomUUID()))
  expect(statements.filter((sql) => sql.includes('rfm_score'))).toHaveLength(1)
})

test('a repetition with the same key is the same computation, and only who may computes', async () => {
  const t = inTenant('keys')
  const first = await t.recompute({ idempotencyKey: 'k' })
  expect(first).toMatchObject({ customers: 0, status: 'READY' })
  await expect(svc.as({ roles: ['sales'], tenant: 'keys' }).mutate(RECOMPUTE, { input: {} })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})
