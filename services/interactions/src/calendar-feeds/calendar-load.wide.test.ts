import { customerCreated, customerUpdated, staffChanged, staffRecorded } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aCustomer } from '../../fixture/customers.js'
import { settle } from '../../fixture/settings.js'
import { aMember } from '../../fixture/staff.js'
import { createTasks } from '../../fixture/tasks.js'
import { createVisits } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const statements: string[] = []
const svc = await startForTest(interactions, { now: () => clock.now, onStatement: (sql) => statements.push(sql) })
const customer = aCustomer({ territory: 'amer' })
await svc.deliver(customerCreated, customer)
await svc.deliver(staffRecorded, aMember('ann', { territories: ['amer'], roles: ['sales'] }))
await settle(svc)
const { plan } = createVisits(svc, customer.id)
const tasks = createTasks(svc, { customerId: customer.id })
const linkOf = async (subject: string): Promise<string> =>
  (
    await svc
      .as({ roles: ['sales'], subject, territories: ['amer'] })
      .mutate('mutation { createCalendarFeed(input: {}) { url } }')
  ).createCalendarFeed.url

/** As many of somebody as their calendar holds, and one more: one a quarter of an hour, from a month from now on. */
const fill = async (subject: string) => {
  const seed = { subject: 'seed', roles: [], tenant: 'acme', territories: [], kind: 'person' } as const
  await svc.database.fork(seed, clock.now).transactional(async (em) => {
    const common = `gen_random_uuid(), '2026-03-01', 'seed', '2026-03-01', 'seed', '${customer.id}'`
    const at = `timestamptz '2026-04-10 08:00Z' + n * interval '15 minutes'`
    await em.execute(
      `insert into visit (id, created_at, created_by, updated_at, updated_by, customer_id, status, mode, purpose, assignee_id, planned_start, planned_end)
       select ${common}, 'PLANNED', 'PHONE', '复盘 🙂 ' || n, ?, ${at}, ${at} + interval '5 minutes' from generate_series(1, 2000) n`,
      [subject],
    )
    await em.execute(
      `insert into task (id, created_at, created_by, updated_at, updated_by, customer_id, kind, title, status, priority, assignee_id, due_at)
       select ${common}, 'call', '回电 ' || n, 'OPEN', 'NORMAL', ?, ${at} from generate_series(1, 2000) n`,
      [subject],
    )
  })
}
const uids = async (url: string) => {
  const response = await fetch(url)
  return new Set([...(await response.text()).matchAll(/^UID:(.*)\r$/gm)].map(([, uid]) => uid))
}
const etagOf = async (url: string, known: readonly (string | null)[] = []) => {
  const response = await fetch(url, { headers: { 'if-none-match': known.join(', ') } })
  await response.text()
  return response.headers.get('etag')
}
/** How often content of visits was read. */
const readings = () => statements.filter((sql) => /\.\* from "visit"/.test(sql)).length

test('a calendar that holds more than fits shows what is nearest to now', async () => {
  await fill('ann')
  const url = await linkOf('ann')
  const days = (day: string) => ({ plannedStart: `${day}T09:00:00Z`, plannedEnd: `${day}T10:00:00Z` })
  const near = [
    await plan({ ...days('2026-03-11'), assigneeId: 'ann' }, 'admin'),
    await plan({ ...days('2026-03-08'), assigneeId: 'ann' }, 'admin'),
  ]
  const due = await tasks.create({ assigneeId: 'ann', dueAt: '2026-03-11T09:00:00Z' }, 'admin')
  const found = await uids(url)
  expect(found.size).toBe(4_000)
  for (const { id } of near) expect(found).toContain(`visit-${id}@acme`)
  expect(found).toContain(`task-${due.id}@acme`)
})

test('what nothing has changed of is not read again, also for a program without a memory', async () => {
  const url = await linkOf('ann')
  const first = await fetch(url)
  const etag = first.headers.get('etag')!
  const body = await first.text()
  const before = readings()
  expect(before).toBeGreaterThan(0)
  for (let at = 0; at < 5; at++) {
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect(await (await fetch(url)).text()).toBe(body)
  }
  expect(readings()).toBe(before)
})

test('many readings at once are one', async () => {
  await fill('eve')
  const url = await linkOf('eve')
  const before = readings()
  const all = await Promise.all(Array.from({ length: 20 }, async () => (await fetch(url)).text()))
  expect(new Set(all).size).toBe(1)
  expect(readings() - before).toBe(4)
})

test('whatever decides on the content decides on the ETag', async () => {
  const url = await linkOf('ann')
  const etags = new Set<string | null>()
  const changes = [
    () => svc.deliver(customerUpdated, { ...customer, version: 2, changedFields: ['displayName'] }),
    () =>
      svc.deliver(staffChanged, {
        ...aMember('ann', { territories: ['amer'], language: 'zh', roles: ['sales'], version: 2 }),
        changedFields: [],
      }),
    () =>
      svc.deliver(staffChanged, {
        ...aMember('ann', { territories: ['amer'], language: 'zh', roles: ['analyst'], version: 3 }),
        changedFields: [],
      }),
    () =>
      svc.deliver(staffChanged, {
        ...aMember('ann', { territories: ['emea'], language: 'zh', roles: ['analyst'], version: 4 }),
        changedFields: [],
      }),
    () => plan({ assigneeId: 'ann' }, 'admin'),
  ]
  etags.add(await etagOf(url))
  for (const change of changes) {
    await change()
    await svc.drain()
    etags.add(await etagOf(url, [...etags]))
  }
  expect(etags.size).toBe(changes.length + 1)
})
