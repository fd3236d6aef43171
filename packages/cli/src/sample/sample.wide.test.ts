import { startAcceptance } from '@clientele/e2e'
import { demoUsers } from '@clientele/embedded'
import { readEvents, until } from '@clientele/testkit'
import { createApi } from '../api/api.js'
import { customer360 } from './customer-360.js'
import { loadSample } from './load-sample.js'

const platform = await startAcceptance()
const api = createApi({ url: platform.url, token: () => platform.token('admin') })
const first = await loadSample(api)

const ask = (client: typeof api, query: string) => client.call<any>(query, {})

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

test('it has 20 to 30 customers in Chinese and English, of whom every service knows something', async () => {
  expect(first.customers).toBeGreaterThanOrEqual(20)
  expect(first.customers).toBeLessThanOrEqual(30)
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
  const names = new Set(customer.visits.nodes.map((visit: any) => visit.assignee.name))
  expect(names).toEqual(new Set([customer.owner.name]))
  expect(customer.visits.nodes.map((visit: any) => visit.status).toSorted()).toEqual(['COMPLETED', 'CONFIRMED'])
  expect(customer.complaints.nodes.map((one: any) => one.status).toSorted()).toEqual(['CLOSED', 'INVESTIGATING'])
  expect(new Set(customer.timeline.nodes.map((node: any) => node.__typename))).toEqual(
    new Set(['Visit', 'Complaint', 'Contact']),
  )
})

test("an admin's tenant gets settings, holidays with days worked in exchange, and rates; what is settled stays", async () => {
  const initrode = { roles: ['admin'], tenant: 'initrode', territories: [''] }
  const admin = createApi({ url: platform.url, token: () => platform.token(initrode) })
  await loadSample(admin, { country: 'CN' })
  const query = `{ tenantSettings { version country currency timeZone } purchaseTotal { total { currency } unconverted { currency } }
    calendars { key timeZone holidays { date } shiftedWorkingDays { date } } }`
  const found = await ask(admin, query)
  expect(found).toMatchObject({
    tenantSettings: { version: 2, country: 'CN', currency: 'CNY', timeZone: 'Asia/Shanghai' },
    purchaseTotal: { total: { currency: 'CNY' }, unconverted: [] },
    calendars: [{ key: 'standard', timeZone: 'Asia/Shanghai' }],
  })
  expect(found.calendars[0].holidays).toHaveLength(33)
  expect(found.calendars[0].shiftedWorkingDays.map(({ date }: any) => date)).toContain('2026-10-10')
  expect(await loadSample(admin, { country: 'DE' })).toMatchObject({ changes: 0 })
  expect(await ask(admin, query)).toEqual(found)
})

test('the demo users have languages, substitutes and absences', async () => {
  const query = `{ staff(first: 100) { nodes { subject language timeZone substitute { subject } absences { from until reason } } } }`
  const { staff } = await ask(api, query)
  const arranged = staff.nodes.filter(({ language }: any) => language)
  expect(new Set(arranged.map(({ language }: any) => language))).toEqual(new Set(['pl', 'de', 'fr', 'zh-Hans', 'en']))
  expect(arranged.filter(({ substitute }: any) => substitute)).toHaveLength(5)
  expect(
    arranged
      .flatMap(({ absences }: any) => absences)
      .map(({ reason }: any) => reason)
      .toSorted(),
  ).toEqual([...['LEAVE', 'TRAINING', 'TRAVEL', 'VACATION']])
})

test('every demo user of the tenant has something to do, and so has a team', async () => {
  const query = `{ staff(first: 100) { nodes { subject } } tasks(first: 100) { nodes { assigneeId teamKey status } } }`
  const { staff, tasks } = await ask(api, query)
  const having = tasks.nodes.map(({ assigneeId, teamKey }: any) => assigneeId ?? teamKey)
  const users = demoUsers.filter(({ tenant }) => tenant === 'acme').map(({ subject }) => subject)
  expect(staff.nodes.map(({ subject }: any) => subject)).toEqual(expect.arrayContaining(users))
  expect(having).toEqual(expect.arrayContaining([...users, 'logistics']))
  expect(tasks.nodes.filter(({ status }: any) => status === 'COMPLETED')).toHaveLength(1)
})

test('work of one of them was handed over to another', async () => {
  const { workReassignments } = await ask(
    api,
    '{ workReassignments(first: 10) { nodes { status tasks visits complaints from { id } assignee { id } } } }',
  )
  expect(workReassignments.nodes).toMatchObject([
    { status: 'DONE', tasks: 1, visits: 0, complaints: 0, from: expect.any(Object), assignee: expect.any(Object) },
  ])
})

test('customers can be counted by country and gender; tags tell what they mean; who was given a task is told', async () => {
  const query = `{
    country: customerBreakdown(by: [COUNTRY]) { total groups { values count } }
    age: customerBreakdown(by: [COUNTRY, AGE_BAND]) { total withheld leastGroup groups { values count } }
    gender: customerBreakdown(by: [GENDER]) { groups { values count } }
    tags { key description }
  }`
  const { country, age, gender, tags } = await until(async () => {
    const found = await ask(api, query)
    return found.country.total === first.customers && found
  })
  const counts = ({ groups }: any) => groups.map(({ values, count }: any) => [values[0], count]).toSorted()
  expect(counts(country)).toEqual([
    ['CN', 10],
    ['DE', 10],
  ])
  expect(age).toMatchObject({ total: 26, withheld: 16, leastGroup: 5 })
  expect(age.groups.map(({ values, count }: any) => [...values, count]).toSorted()).toEqual([
    ['CN', 'FROM_35_TO_44', 5],
    ['DE', 'FROM_35_TO_44', 5],
  ])
  expect(counts(gender)).toEqual([
    [null, 6],
    ['FEMALE', 10],
    ['MALE', 10],
  ])
  expect(tags.filter(({ description }: any) => description).map(({ key }: any) => key)).toEqual(['vip', 'wholesale'])
  const { subject } = demoUsers.find(({ name }) => name === 'sales')!
  const sales = createApi({ url: platform.url, token: () => platform.token({ roles: ['sales'], subject }) })
  const { notifications } = await ask(sales, '{ notifications { nodes { kind text } } }')
  expect(notifications.nodes.map(({ kind }: any) => kind)).toContain('TASK_ASSIGNED')
})

test('a second run changes nothing and emits nothing', async () => {
  const before = await events()
  expect(await loadSample(api)).toEqual({ ...first, changes: 0 })
  expect(await events()).toBe(before)
})

test('who has less than the tenant in scope loads their part, and the example is in the scope of the demo users', async () => {
  const manager = { roles: ['manager'], subject: 'eva', tenant: 'initech', territories: ['emea'] }
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
  const globex = { roles: ['admin'], tenant: 'globex' }
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
