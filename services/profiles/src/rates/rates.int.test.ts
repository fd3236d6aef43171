import { randomUUID } from 'node:crypto'
import { exchangeRatesChanged, staffEntityId } from '@clientele/contracts'
import { startForTest, type TestActor } from '@clientele/testkit'
import { profiles } from '../service.js'

const clock = { now: new Date('2026-03-10T12:00:00.000Z') }
const statements: string[] = []
const svc = await startForTest(profiles, {
  now: () => clock.now,
  settings: { DEFAULT_COUNTRY: 'DE' },
  onStatement: (sql) => statements.push(sql),
})

const aTenant = (role = 'admin', tenant = `t${randomUUID()}`): TestActor => ({ roles: [role], tenant })
const eur = (quote: string, rate: string, day = '2026-03-09') => ({ base: 'EUR', quote, day, rate })
const RECORD = `mutation ($input: RecordExchangeRatesInput!) { recordExchangeRates(input: $input) {
  recorded unchanged current { id version rates { base quote day rate } } } }`
const record = async (actor: TestActor, rates: object[], source = 'ecb') =>
  (await svc.as(actor).mutate(RECORD, { input: { source, rates } })).recordExchangeRates
const LIST = `query ($filter: ExchangeRateFilter, $first: Int!, $after: String) {
  exchangeRates(filter: $filter, first: $first, after: $after) {
    totalCount nodes { base quote day rate source recordedAt recordedBy } pageInfo { endCursor hasNextPage } } }`
const list = async (actor: TestActor, filter: object = {}, first = 10, after: string | null = null) =>
  (await svc.as(actor).query(LIST, { filter, first, after })).exchangeRates
const pairs = (nodes: { base: string; quote: string; day: string; rate: string }[]) =>
  nodes.map(({ base, quote, day, rate }) => `${base}/${quote} ${day} ${rate}`)

test('rates are recorded by day; the latest of each pair are told whenever one of them changes', async () => {
  const admin = aTenant()
  const first = await record(admin, [eur('USD', '1.0825'), eur('CNY', '7.8312'), eur('USD', '1.08', '2026-03-06')])
  expect(first).toMatchObject({ recorded: 3, unchanged: 0, current: { version: 1 } })
  expect(pairs(first.current.rates)).toEqual(['EUR/CNY 2026-03-09 7.8312', 'EUR/USD 2026-03-09 1.0825'])
  expect(await record(admin, [eur('USD', '1.08250')])).toMatchObject({ recorded: 0, unchanged: 1 })
  expect(await record(admin, [eur('USD', '1.07', '2026-03-05')])).toMatchObject({
    recorded: 1,
    current: { version: 1 },
  })
  const corrected = await record(admin, [eur('USD', '1.0826')], 'manual')
  expect(corrected).toMatchObject({ recorded: 1, current: { version: 2 } })
  await svc.relay()
  const events = (await svc.published(exchangeRatesChanged)).filter(({ id }) => id === first.current.id)
  expect(events.map(({ version, rates }) => ({ version, rates: pairs(rates) }))).toEqual([
    { version: 1, rates: ['EUR/CNY 2026-03-09 7.8312', 'EUR/USD 2026-03-09 1.0825'] },
    { version: 2, rates: ['EUR/CNY 2026-03-09 7.8312', 'EUR/USD 2026-03-09 1.0826'] },
  ])
})

test('the same rates from several at once are recorded once', async () => {
  const admin = aTenant()
  const made = await Promise.all(
    Array.from({ length: 4 }, () => record(admin, [eur('USD', '1.0825'), eur('JPY', '160')])),
  )
  expect(made.map(({ recorded }) => recorded).toSorted()).toEqual([0, 0, 0, 2])
  expect(new Set(made.map(({ current }) => current.id)).size).toBe(1)
})

test('rates are listed page by page, those of the latest day first', async () => {
  const admin = aTenant()
  const days = ['2026-03-05', '2026-03-06', '2026-03-09']
  await record(
    admin,
    days.flatMap((day) => [
      eur('USD', '1.08', day),
      eur('CNY', '7.8', day),
      { base: 'USD', quote: 'JPY', day, rate: '150' },
    ]),
  )
  const seen: string[] = []
  for (let after: string | null = null; ; ) {
    const page = await list(aTenant('analyst', admin.tenant), {}, 4, after)
    expect(page.totalCount).toBe(9)
    seen.push(...pairs(page.nodes))
    if (!page.pageInfo.hasNextPage) break
    after = page.pageInfo.endCursor
  }
  expect(seen.slice(0, 4)).toEqual([
    'EUR/CNY 2026-03-09 7.8',
    'EUR/USD 2026-03-09 1.08',
    'USD/JPY 2026-03-09 150',
    'EUR/CNY 2026-03-06 7.8',
  ])
  expect(seen).toHaveLength(9)
  const latest = await list(admin, { base: 'EUR', quote: 'USD', until: '2026-03-08' }, 1)
  expect(pairs(latest.nodes)).toEqual(['EUR/USD 2026-03-06 1.08'])
  expect(latest.nodes[0]).toMatchObject({ source: 'ecb', recordedAt: clock.now.toISOString() })
  expect((await list(admin, { from: '2026-03-06', until: '2026-03-06' })).totalCount).toBe(3)
  expect((await list(aTenant())).totalCount).toBe(0)
})

test.each([
  [[eur('EUR', '1')], 'input.rates.0.quote', 'rate.same_currency'],
  [[eur('USD', '0')], 'input.rates.0.rate', 'number.out_of_range'],
  [[eur('USD', '-1.5')], 'input.rates.0.rate', 'number.out_of_range'],
  [[eur('USD', '1', '2026-03-12')], 'input.rates.0.day', 'date.future'],
  [[eur('USD', '1', '1899-12-31')], 'input.rates.0.day', 'date.out_of_range'],
  [[eur('USD', '1'), eur('USD', '2')], 'input.rates.1', 'list.repeated'],
  [[], 'input.rates', 'list.too_short'],
])('%j is refused with its place', async (rates, path, reason) => {
  await expect(record({ roles: ['admin'] }, rates)).rejects.toMatchObject({
    code: 'INVALID',
    fields: [expect.objectContaining({ path, reason })],
  })
})

test('only an admin records rates, and a tenant has those of its own', async () => {
  const admin = aTenant()
  await record(admin, [eur('USD', '1.0825')])
  for (const role of ['manager', 'sales', 'service', 'analyst']) {
    const actor = aTenant(role, admin.tenant)
    await expect(record(actor, [eur('USD', '2')])).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect((await list(actor)).totalCount).toBe(1)
  }
  expect(await svc.as(aTenant()).query('{ currentExchangeRates { id } }')).toEqual({ currentExchangeRates: null })
})

describe('sums in the currency of the tenant', () => {
  const BUY = 'mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) { id } }'
  const CUSTOMER = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
  const sum = 'total { amount currency } asOf unconverted { amount currency }'
  const aCustomer = async (actor: TestActor, bought: [amount: string, currency: string][]): Promise<string> => {
    const { id } = (await svc.as(actor).mutate(CUSTOMER, { input: { kind: 'PERSON', person: { familyName: '张' } } }))
      .createCustomer
    for (const [unitPrice, currency] of bought) {
      const input = {
        customerId: id,
        currency,
        orderedAt: '2026-01-05T00:00:00Z',
        lines: [{ quantity: '1', unitPrice }],
      }
      await svc.as(actor).mutate(BUY, { input })
    }
    return id
  }
  const totalOf = async (actor: TestActor, id: string) =>
    (
      await svc
        .as(actor)
        .query(`query ($id: ID!) { customer(id: $id) { purchaseTotal { ${sum} } purchaseSummary { count } } }`, { id })
    ).customer.purchaseTotal
  const change = (actor: TestActor, input: object) =>
    svc
      .as(actor)
      .mutate('mutation ($input: ChangeTenantSettingsInput!) { changeTenantSettings(input: $input) { id } }', { input })

  test('a customer, and all of them, have one that says what is not in it', async () => {
    const admin = aTenant()
    await record(admin, [eur('USD', '1.25'), eur('CNY', '8', '2026-03-06')])
    const id = await aCustomer(admin, [
      ['10.0049', 'EUR'],
      ['0.0001', 'EUR'],
      ['12.5', 'USD'],
      ['16', 'CNY'],
      ['5', 'CHF'],
    ])
    const converted = {
      total: { amount: '22.01', currency: 'EUR' },
      asOf: '2026-03-06',
      unconverted: [{ amount: '5', currency: 'CHF' }],
    }
    expect(await totalOf(admin, id)).toEqual(converted)
    await aCustomer(admin, [['1', 'EUR']])
    const { purchaseTotal } = await svc.as(admin).query(`{ purchaseTotal { ${sum} } }`)
    expect(purchaseTotal).toEqual({ ...converted, total: { amount: '23.01', currency: 'EUR' } })
  })

  test('the currency of the tenant, and the age of rates, count as they are set', async () => {
    const admin = aTenant()
    await record(admin, [eur('USD', '1.25'), eur('CNY', '8')])
    const id = await aCustomer(admin, [['12.5', 'USD']])
    await change(admin, { currency: 'CNY' })
    expect(await totalOf(admin, id)).toEqual({
      total: { amount: '80', currency: 'CNY' },
      asOf: '2026-03-09',
      unconverted: [],
    })
    clock.now = new Date('2026-03-13T12:00:00.000Z')
    await change(admin, { rateAgeDays: 3 })
    expect(await totalOf(admin, id)).toEqual({
      total: { amount: '0', currency: 'CNY' },
      asOf: null,
      unconverted: [{ amount: '12.5', currency: 'USD' }],
    })
    clock.now = new Date('2026-03-10T12:00:00.000Z')
  })

  test('what would be too long for a sum is told as it was paid, for a customer and for all of them', async () => {
    const admin = aTenant()
    await record(admin, [eur('GBP', '0.0000000001'), eur('JPY', '9999999999.9')])
    await change(admin, { currency: 'JPY' })
    const most = '999999999999999'
    const id = await aCustomer(admin, [
      [most, 'GBP'],
      [most, 'GBP'],
      ['2', 'EUR'],
    ])
    const told = {
      total: { amount: '20000000000', currency: 'JPY' },
      unconverted: [{ amount: '1999999999999998', currency: 'GBP' }],
    }
    expect(await totalOf(admin, id)).toMatchObject(told)
    expect((await svc.as(admin).query(`{ purchaseTotal { ${sum} } }`)).purchaseTotal).toMatchObject(told)
  })

  test('who bought in the currency of the tenant alone needs no rate, and costs no look at any', async () => {
    const admin = aTenant()
    const id = await aCustomer(admin, [['12.5', 'EUR']])
    statements.length = 0
    expect(await totalOf(admin, id)).toEqual({
      total: { amount: '12.5', currency: 'EUR' },
      asOf: null,
      unconverted: [],
    })
    expect(statements.filter((sql) => sql.includes('exchange_rates'))).toEqual([])
  })
})

test('who recorded a rate is a member of staff; null for whoever is none', async () => {
  const admin = { ...aTenant(), subject: '陈晓雨' }
  await record({ ...admin, subject: 'from-outside' }, [eur('USD', '1.08')])
  const RECORD_STAFF = 'mutation ($input: RecordStaffInput!) { recordStaff(input: $input) { id } }'
  await svc.as(admin).mutate(RECORD_STAFF, { input: { subject: admin.subject, name: '陈晓雨 🙂' } })
  await record(admin, [eur('CNY', '7.8')])
  const document = '{ exchangeRates(first: 10) { nodes { quote recordedBy recorder { id name } } } }'
  const { nodes } = (await svc.as({ ...admin, subject: 'ana', roles: ['analyst'] }).query(document)).exchangeRates
  const byQuote = nodes.toSorted((a: { quote: string }, b: { quote: string }) => a.quote.localeCompare(b.quote))
  expect(byQuote).toMatchObject([
    { quote: 'CNY', recorder: { id: staffEntityId('陈晓雨') } },
    { quote: 'USD', recordedBy: 'from-outside', recorder: null },
  ])
})
