import { randomUUID } from 'node:crypto'
import {
  customerCreated,
  exchangeRatesChanged,
  purchaseRecorded,
  type SharedSettings,
  tenantSettingsChanged,
} from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aCustomer, aPurchase } from '../../fixture/builders.js'
import { segmentation } from '../service.js'

const clock = { now: new Date('2026-04-01T12:00:00.000Z') }
const svc = await startForTest(segmentation, { now: () => clock.now })

const LIST = `query ($rule: SegmentRuleInput) {
  customersByFacts(rule: $rule, first: 20, orderBy: { field: CONVERTED_TOTAL }) {
    nodes { id facts { convertedTotal { amount currency } unconverted purchaseTotals { amount currency } } } } }`

/** A tenant whose settings and rates are told by the events of profiles. */
const aTenant = () => {
  const tenant = `t${randomUUID()}`
  const [settingsId, ratesId] = [randomUUID(), randomUUID()]
  const versions = { settings: 0, rates: 0 }
  const settle = async (fields: Partial<SharedSettings> = {}) => {
    const { example } = tenantSettingsChanged
    const data = { ...example, ...fields, id: settingsId, version: ++versions.settings }
    await svc.deliver(tenantSettingsChanged, data, { tenant })
  }
  const rates = async (all: Record<string, string>, day = '2026-03-31') => {
    const list = Object.entries(all).map(([quote, rate]) => ({ base: 'EUR', quote, day, rate }))
    await svc.deliver(exchangeRatesChanged, { id: ratesId, version: ++versions.rates, rates: list }, { tenant })
  }
  const buyer = async (...bought: [amount: string, currency: string][]) => {
    const { id } = (await svc.deliver(customerCreated, aCustomer(), { tenant })).data
    for (const [amount, currency] of bought) {
      await svc.deliver(purchaseRecorded, aPurchase(id, { total: { amount, currency } }), { tenant })
    }
    return id
  }
  const as = (role: string) => svc.as({ roles: [role], tenant })
  const list = async (rule: object | null = null) =>
    (await as('analyst').query(LIST, { rule })).customersByFacts.nodes as { id: string; facts: any }[]
  const ids = async (rule?: object) => (await list(rule)).map(({ id }) => id)
  return { tenant, settle, rates, buyer, list, ids, as }
}
const convert = async () => {
  const job = svc.jobs.find(({ name }) => name === 'segmentation-convert-totals')
  while (await job!.run());
}

test('customers are in the order of what they bought in the currency of the tenant, whatever they paid in', async () => {
  const { settle, rates, buyer, list, ids } = aTenant()
  await settle({ currency: 'EUR' })
  await rates({ JPY: '160', USD: '1.25' })
  await svc.drain()
  const yen = await buyer(['8000', 'JPY'])
  const euros = await buyer(['100', 'EUR'])
  const both = await buyer(['50', 'EUR'], ['62.5', 'USD'], ['9', 'CHF'], ['0.01', 'EUR'])
  await svc.drain()
  expect(await ids()).toEqual([both, euros, yen])
  const [first, , last] = await list()
  expect(first!.facts).toMatchObject({ convertedTotal: { amount: '100.01', currency: 'EUR' }, unconverted: ['CHF'] })
  expect(last!.facts).toMatchObject({ convertedTotal: { amount: '50', currency: 'EUR' }, unconverted: [] })
  expect(await ids({ convertedTotal: { gte: '100' } })).toEqual([both, euros])
  expect(await ids({ convertedTotal: { lt: '100' } })).toEqual([yen])
})

test('totals follow another rate, another currency, and the age of rates, and customers change segments with them', async () => {
  const { settle, rates, buyer, list, ids, as } = aTenant()
  await settle({ currency: 'EUR', rateAgeDays: 31 })
  await rates({ USD: '1.25' })
  await svc.drain()
  const id = await buyer(['100', 'USD'])
  await svc.drain()
  const CREATE = 'mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }'
  const rule = { convertedTotal: { gte: '90' } }
  const input = { key: 'spenders', name: 'Spenders', kind: 'DYNAMIC', rule }
  const segment = (await as('manager').mutate(CREATE, { input })).createSegment.id
  const members = async () =>
    (await as('manager').query('query ($id: ID!) { segment(id: $id) { memberCount } }', { id: segment })).segment
      .memberCount
  const total = async () => (await list())[0]!.facts.convertedTotal
  await convert()
  expect([await total(), await members()]).toEqual([{ amount: '80', currency: 'EUR' }, 0])

  await rates({ USD: '1' })
  await svc.drain()
  expect(await total()).toEqual({ amount: '80', currency: 'EUR' })
  await convert()
  expect([await total(), await members()]).toEqual([{ amount: '100', currency: 'EUR' }, 1])

  await settle({ currency: 'USD' })
  await svc.drain()
  await convert()
  expect([await total(), await ids(rule)]).toEqual([{ amount: '100', currency: 'USD' }, [id]])

  await settle({ currency: 'EUR', rateAgeDays: 31 })
  await svc.drain()
  clock.now = new Date('2026-06-01T12:00:00.000Z')
  await convert()
  expect((await list())[0]!.facts).toMatchObject({
    convertedTotal: { amount: '0', currency: 'EUR' },
    unconverted: ['USD'],
  })
  expect(await members()).toBe(0)
  clock.now = new Date('2026-04-01T12:00:00.000Z')
})

test('a total that would be too long is told as unconverted, and all others are converted', async () => {
  const { settle, rates, buyer, list } = aTenant()
  await settle({ currency: 'JPY' })
  await rates({ GBP: '0.0000000001', JPY: '9999999999.9' })
  await svc.drain()
  const most = '999999999999999'
  await buyer([most, 'GBP'], [most, 'GBP'])
  await buyer(['2', 'EUR'])
  await svc.drain()
  await convert()
  expect((await list()).map(({ facts }) => [facts.convertedTotal.amount, facts.unconverted])).toEqual([
    ['20000000000', []],
    ['0', ['GBP']],
  ])
})

test('while the settings are not known there is no total, no condition on it holds, and the job makes up for it', async () => {
  const { settle, buyer, list, ids } = aTenant()
  const id = await buyer(['100', 'EUR'])
  await svc.drain()
  await convert()
  expect((await list())[0]!.facts).toMatchObject({ convertedTotal: null, unconverted: [] })
  expect(await ids({ convertedTotal: { gte: '0' } })).toEqual([])
  await settle({ currency: 'EUR' })
  await svc.drain()
  await convert()
  expect(await ids({ convertedTotal: { gte: '0' } })).toEqual([id])
})

test('what nothing has changed in is not written again', async () => {
  const { settle, buyer, tenant } = aTenant()
  await settle({ currency: 'EUR' })
  await buyer(['100', 'EUR'])
  await svc.drain()
  await convert()
  const rows = () =>
    svc.database
      .fork({ subject: 't', roles: [], tenant, territories: [], kind: 'person' }, clock.now)
      .execute('select xmin::text from customer_facts')
  const before = await rows()
  await convert()
  expect(await rows()).toEqual(before)
})
