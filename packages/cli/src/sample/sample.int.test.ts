import { startAcceptance, until } from '@clientele/e2e'
import { readEvents } from '@clientele/testkit'
import { createApi } from '../api/api.js'
import { customer360 } from './customer-360.js'
import { loadSample } from './load-sample.js'

const platform = await startAcceptance()
const api = createApi({ url: platform.url, token: () => platform.token('manager') })
const first = await loadSample(api)

/** How many events the services have published that the sample writes to. */
const events = async () => {
  let count = 0
  for (const name of ['profiles', 'interactions', 'surveys']) {
    const { nats, database } = platform.service(name)
    await until(async () => {
      const { rows } = await database.system.query('select from outbox where stream_seq is null limit 1')
      return rows.length === 0
    })
    count += (await readEvents(nats, `clientele.evt.acme.${name}.>`)).length
  }
  return count
}

test('it has 12 to 20 customers in Chinese and English, of whom every service knows something', async () => {
  expect(first.customers).toBeGreaterThanOrEqual(12)
  expect(first.customers).toBeLessThanOrEqual(20)
  const customer = await until(async () => {
    const { customer } = await api.call<{ customer: any }>(customer360, { id: first.exampleCustomerId })
    return customer.segments.length === 3 && customer.rfm?.r && customer.externalRefs.length === 1 && customer
  })
  expect(customer).toMatchObject({
    displayName: '张伟',
    tags: [{ name: 'VIP' }, { name: '重点客户' }],
    purchaseSummary: { count: 3, total: { amount: '4795.5', currency: 'CNY' } },
    visits: { totalCount: 2 },
    satisfaction: { nps: 9, csat: 5 },
    externalRefs: [{ system: 'sample', externalId: 'p-zhang-wei' }],
  })
  expect(customer.visits.nodes.map((visit: any) => visit.status).toSorted()).toEqual(['COMPLETED', 'CONFIRMED'])
  expect(customer.complaints.nodes.map((one: any) => one.status).toSorted()).toEqual(['CLOSED', 'INVESTIGATING'])
  expect(new Set(customer.timeline.nodes.map((node: any) => node.__typename))).toEqual(
    new Set(['Visit', 'Complaint', 'Contact']),
  )
})

test('a second run changes nothing and emits nothing', async () => {
  const before = await events()
  expect(await loadSample(api)).toEqual({ ...first, changes: 0 })
  expect(await events()).toBe(before)
})

test('who reaches less than the tenant loads their part, and the example is what the demo users reach', async () => {
  const manager = { roles: ['manager'], tenant: 'initech', territories: ['emea'] }
  const emea = createApi({ url: platform.url, token: () => platform.token(manager) })
  const summary = await loadSample(emea)
  expect(summary.customers).toBeGreaterThan(3)
  expect(summary.customers).toBeLessThan(first.customers)
  expect(await loadSample(emea)).toEqual({ ...summary, changes: 0 })
  for (const territory of ['emea', 'emea/de']) {
    const sales = { roles: ['sales'], tenant: 'initech', territories: [territory] }
    const { data } = await platform.request(sales, customer360, { id: summary.exampleCustomerId })
    expect(data.customer).toMatchObject({ displayName: '张伟', purchaseSummary: { count: 3 } })
  }
  const elsewhere = { ...manager, territories: ['antarctica'] }
  const none = createApi({ url: platform.url, token: () => platform.token(elsewhere) })
  await expect(loadSample(none)).rejects.toThrow('within your territories')
})

test('a run that was broken off is finished by the next', async () => {
  const globex = { roles: ['manager'], tenant: 'globex' }
  const whole = createApi({ url: platform.url, token: () => platform.token(globex) })
  let left = 25
  const broken: typeof whole = {
    call: (query, variables) => {
      if (query.startsWith('mutation') && left-- === 0) throw new Error('cut')
      return whole.call(query, variables)
    },
  }
  await expect(loadSample(broken)).rejects.toThrow('cut')
  const rest = await loadSample(whole)
  expect(rest.changes).toBeGreaterThan(0)
  expect(rest.changes).toBeLessThan(first.changes)
  expect((await loadSample(whole)).changes).toBe(0)
})
