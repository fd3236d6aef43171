import { randomUUID } from 'node:crypto'
import {
  calendarFeedCreated,
  calendarFeedRemoved,
  calendarFeedReplaced,
  customerCreated,
  staffChanged,
  staffLeft,
  staffRecorded,
} from '@clientele/contracts'
import { outcome, startForTest, type TestActor } from '@clientele/testkit'
import ICAL from 'ical.js'
import { aCustomer } from '../../fixture/customers.js'
import { settle } from '../../fixture/settings.js'
import { aMember, logistics } from '../../fixture/staff.js'
import { createTasks } from '../../fixture/tasks.js'
import { createVisits } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const svc = await startForTest(interactions, { now: () => clock.now })
const customer = aCustomer({ territory: 'amer' })
await svc.deliver(customerCreated, customer)
for (const member of [
  aMember('ann', { teams: [logistics], territories: ['amer'] }),
  aMember('陈晓雨', { language: 'zh-Hans', roles: ['sales'] }),
  aMember('dan'),
])
  await svc.deliver(staffRecorded, member)
await settle(svc)

const ann: TestActor = { roles: ['sales'], subject: 'ann', territories: ['amer'] }
const CREATE =
  'mutation ($input: CreateCalendarFeedInput!) { createCalendarFeed(input: $input) { id version subject url readAt } }'
const REMOVE = 'mutation ($input: RemoveCalendarFeedInput!) { removeCalendarFeed(input: $input) { id subject url } }'
const FEED = '{ calendarFeed { id version subject url readAt } }'
const make = async (actor: TestActor | string = ann, input: object = {}) =>
  (await svc.as(actor).mutate(CREATE, { input })).createCalendarFeed
const own = async (actor: TestActor = ann) => (await svc.as(actor).query(FEED)).calendarFeed
const get = (url: string, headers: Record<string, string> = {}) => fetch(url, { headers })
/** The events of a calendar as a client library reads them, by UID. */
const events = async (url: string) => {
  const response = await get(url)
  expect(response.status).toBe(200)
  const text = await response.text()
  const calendar = new ICAL.Component(ICAL.parse(text))
  const found = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))
  return { text, calendar, found, byId: new Map(found.map((event) => [event.uid, event])) }
}
const { plan, run } = createVisits(svc, customer.id)
const tasks = createTasks(svc, { customerId: customer.id })
const visitId = (id: string) => `visit-${id}@acme`
const taskId = (id: string) => `task-${id}@acme`

test('a calendar program reads visits and tasks of whoever made the link', async () => {
  const objectives = ['看样品：橡木, 胡桃木; 🙂', 'اتفاق السعر']
  const visit = await plan({ assigneeId: 'ann', objectives }, 'admin')
  const task = await tasks.create({ assigneeId: 'ann', note: 'Line one\nLine two', priority: 'HIGH' }, 'admin')
  const ofTeam = await tasks.create({ teamKey: logistics }, 'admin')
  const ofOther = await plan({ assigneeId: 'dan' }, 'admin')
  const { url } = await make()
  expect(url).toMatch(/\/calendar\/acme\.[\w-]{43}\.ics$/)
  const response = await get(url)
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  const { calendar, byId } = await events(url)
  expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
  expect(String(calendar.getFirstPropertyValue('refresh-interval'))).toBe('PT1H')
  const read = byId.get(visitId(visit.id))!
  expect(read.summary).toBe(visit.purpose)
  expect(read.description).toBe(objectives.join('\n'))
  expect(read.startDate.toJSDate().toISOString()).toBe(visit.plannedStart)
  expect(read.endDate.toJSDate().toISOString()).toBe(visit.plannedEnd)
  expect([read.sequence, read.component.getFirstPropertyValue('status')]).toEqual([0, 'TENTATIVE'])
  const due = byId.get(taskId(task.id))!
  expect(due.endDate.toJSDate().toISOString()).toBe(task.dueAt)
  expect([due.summary, due.description]).toEqual([task.title, 'Line one\nLine two'])
  expect(due.component.getFirstPropertyValue('transp')).toBe('TRANSPARENT')
  expect(byId.has(taskId(ofTeam.id))).toBe(true)
  expect(byId.has(visitId(ofOther.id))).toBe(false)
})

test('what is moved, called off or done keeps its UID, and says so', async () => {
  const { url } = await make()
  const [moved, off, void_] = [
    await plan({ assigneeId: 'ann' }, 'admin'),
    await plan({ assigneeId: 'ann' }, 'admin'),
    await plan({ assigneeId: 'ann' }, 'admin'),
  ]
  const done = await tasks.create({ assigneeId: 'ann' }, 'admin')
  const before = (await events(url)).byId.get(visitId(moved.id))!
  await run('rescheduleVisit', { id: moved.id, plannedStart: '2026-03-20T09:00:00Z', reason: 'Away' }, 'admin')
  await run('cancelVisit', { id: off.id, reason: 'Ill' }, 'admin')
  await run('voidVisit', { id: void_.id, reason: 'Typo' }, 'admin')
  await tasks.run('completeTask', { id: done.id }, 'admin')
  const { byId } = await events(url)
  const after = byId.get(visitId(moved.id))!
  expect(after.startDate.toJSDate().toISOString()).toBe('2026-03-20T09:00:00.000Z')
  expect(after.sequence).toBeGreaterThan(before.sequence)
  expect(byId.get(visitId(off.id))!.component.getFirstPropertyValue('status')).toBe('CANCELLED')
  expect(byId.has(visitId(void_.id))).toBe(false)
  expect(byId.get(taskId(done.id))!.summary).toBe(`✓ ${done.title}`)
})

test('long lines are folded at 75 octets, between characters', async () => {
  const purpose = '复盘🙂مراجعة, ; \\ '.repeat(10).trim()
  const visit = await plan({ assigneeId: 'ann', purpose }, 'admin')
  const { text, byId } = await events((await make()).url)
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(text).not.toContain('\ufffd')
  expect(byId.get(visitId(visit.id))!.summary).toBe(purpose)
})

test('the window is thirty days back and a year ahead', async () => {
  const at = (day: string) => ({ plannedStart: `${day}T09:00:00Z`, plannedEnd: `${day}T10:00:00Z`, assigneeId: 'ann' })
  const [old, recent, next, far] = [
    await plan(at('2026-02-07'), 'admin'),
    await plan(at('2026-02-09'), 'admin'),
    await plan(at('2027-03-09'), 'admin'),
    await plan(at('2027-03-12'), 'admin'),
  ]
  const { byId } = await events((await make()).url)
  const has = [old, recent, next, far].map(({ id }) => byId.has(visitId(id)))
  expect(has).toEqual([false, true, true, false])
})

test('a program that has the calendar is told that nothing changed', async () => {
  const { url } = await make()
  const first = await get(url)
  const etag = first.headers.get('etag')!
  expect(first.headers.get('cache-control')).toBe('private, no-cache')
  for (const known of [etag, `"other", W/${etag}`]) {
    const again = await get(url, { 'if-none-match': known })
    expect([again.status, await again.text()]).toEqual([304, ''])
  }
  await plan({ assigneeId: 'ann' }, 'admin')
  expect((await get(url, { 'if-none-match': etag })).status).toBe(200)
  const head = await fetch(url, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('another link ends the one before; who made none has none; it is told when it was read', async () => {
  const dan: TestActor = { roles: ['service'], subject: 'dan' }
  expect(await own(dan)).toBeNull()
  const first = await make(dan)
  expect(await own(dan)).toEqual({ id: first.id, version: 1, subject: 'dan', url: null, readAt: null })
  await get(first.url)
  expect((await own(dan)).readAt).toBe(clock.now.toISOString())
  const second = await make(dan)
  expect(second).toMatchObject({ id: first.id, version: 2 })
  expect((await get(first.url)).status).toBe(404)
  expect((await get(second.url)).status).toBe(200)
  const { removeCalendarFeed } = await svc.as(dan).mutate(REMOVE, { input: {} })
  expect(removeCalendarFeed).toEqual({ id: first.id, subject: 'dan', url: null })
  expect((await get(second.url)).status).toBe(404)
  expect(await outcome(svc.as(dan).mutate(REMOVE, { input: {} }))).toBe('NOT_FOUND calendar_feed.unknown')
  await svc.relay()
  const common = { id: first.id, ownerId: 'dan' }
  expect(await svc.published(calendarFeedCreated)).toContainEqual({ ...common, version: 1 })
  expect(await svc.published(calendarFeedReplaced)).toContainEqual({ ...common, version: 2 })
  expect(await svc.published(calendarFeedRemoved)).toContainEqual({ ...common, version: 3 })
})

test('a request that is repeated makes one link and shows it once; several at once leave one', async () => {
  const idempotencyKey = randomUUID()
  const [first, again] = [await make(ann, { idempotencyKey }), await make(ann, { idempotencyKey })]
  expect([again.id, again.version, again.url]).toEqual([first.id, first.version, null])
  const eve = { roles: ['sales'], subject: 'eve' }
  const made = await Promise.all([make(eve), make(eve), make(eve)])
  const statuses = await Promise.all(made.map(async ({ url }) => (await get(url)).status))
  expect(statuses.toSorted()).toEqual([200, 404, 404])
})

test('the calendar is in the language of its reader, and says no more than their roles see now', async () => {
  const visit = await plan({ assigneeId: '陈晓雨' }, 'admin')
  const { url } = await make({ roles: ['sales'], subject: '陈晓雨' })
  const before = await events(url)
  expect(before.calendar.getFirstPropertyValue('x-wr-calname')).toBe('拜访与任务')
  expect(before.byId.get(visitId(visit.id))!.summary).toBe(visit.purpose)
  const analyst = aMember('陈晓雨', { language: 'zh-Hans', roles: ['analyst'], version: 2 })
  await svc.deliver(staffChanged, { ...analyst, changedFields: ['roles'] })
  await svc.drain()
  const { byId } = await events(url)
  expect(byId.get(visitId(visit.id))!.summary).toBe('拜访')
  expect(byId.get(visitId(visit.id))!.description ?? null).toBeNull()
})

test('whoever has left, or whose link it is not, finds nothing', async () => {
  const { url } = await make({ roles: ['sales'], subject: 'dan' })
  expect((await get(url)).status).toBe(200)
  await svc.deliver(staffLeft, { ...aMember('dan'), version: 2, active: false })
  await svc.drain()
  expect((await get(url)).status).toBe(404)
  const mine = (await make()).url as string
  for (const wrong of [mine.replace('/acme.', '/globex.'), mine.replace(/.{6}\.ics$/, 'AAAAAA.ics'), `${mine}x`]) {
    expect((await get(wrong)).status).toBe(404)
  }
})

test('an admin ends the link of somebody else; nobody else does, and programs have none', async () => {
  const { url } = await make()
  const remove = (actor: TestActor | string, subject: string | null) =>
    outcome(svc.as(actor).mutate(REMOVE, { input: { subject } }))
  expect(await remove({ roles: ['manager'], subject: 'm', territories: [''] }, 'ann')).toBe(
    'NOT_FOUND calendar_feed.unknown',
  )
  expect(await remove({ roles: ['admin'], subject: 'm', tenant: 'globex' }, 'ann')).toBe(
    'NOT_FOUND calendar_feed.unknown',
  )
  expect(await remove('service_account', null)).toBe('FORBIDDEN role')
  expect(await outcome(make('service_account'))).toBe('FORBIDDEN role')
  expect((await get(url)).status).toBe(200)
  expect(await remove({ roles: ['admin'], subject: 'root' }, 'ann')).toBe('OK')
  expect((await get(url)).status).toBe(404)
})
