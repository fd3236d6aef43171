import { randomUUID } from 'node:crypto'
import { calendarSaved, customerCreated, tenantSettingsChanged } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { aCustomer, knownCustomer } from '../../fixture/customers.js'
import { aroundTheClock, settle } from '../../fixture/settings.js'
import { logistics } from '../../fixture/staff.js'
import { interactions } from '../service.js'

// A Friday afternoon in Berlin.
const clock = { now: new Date('2026-04-24T13:00:00.000Z') }
const svc = await startForTest(interactions, { now: () => clock.now })

const inBerlin = () => {
  const { settings, calendar } = aroundTheClock()
  const day = [{ from: '09:00', to: '17:00' }]
  return {
    settings: {
      ...settings,
      complaintDeadlines: [
        { severity: 'HIGH' as const, acknowledge: 4, resolve: 16 },
        { severity: 'CRITICAL' as const, acknowledge: 1, resolve: 8 },
      ],
    },
    calendar: {
      ...calendar,
      timeZone: 'Europe/Berlin',
      week: (['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'] as const).map((name) => ({
        day: name,
        intervals: day,
      })),
      holidays: [{ date: '2026-05-01' }],
    },
  }
}

/** A tenant of its own, with a customer and what moves complaints there. */
const aTenant = async (settled = inBerlin()) => {
  const tenant = `t${randomUUID()}`
  const actor = { roles: ['service'], tenant }
  const complaints = createComplaints(svc, await knownCustomer(svc, { tenant }, settled))
  return { tenant, settled, actor, receive: (own = {}) => complaints.receive(own, actor), run: complaints.run }
}

test('deadlines are counted in working hours of the tenant, over weekends and holidays', async () => {
  const { receive } = await aTenant()
  expect(await receive()).toMatchObject({
    // Two hours on Friday, two on Monday.
    acknowledgeBy: '2026-04-27T09:00:00.000Z',
    resolveBy: '2026-04-28T13:00:00.000Z',
    overdueFrom: '2026-04-27T09:00:00.000Z',
  })
  expect(await receive({ receivedAt: '2026-04-23T15:00:00+02:00', severity: 'HIGH' })).toMatchObject({
    acknowledgeBy: '2026-04-24T09:00:00.000Z',
    overdue: true,
  })
})

test('a reply of the customer leaves the working time that was left, a new severity and reopening count anew', async () => {
  const { receive, run, actor } = await aTenant()
  const { id } = await receive()
  await run('acknowledgeComplaint', { id }, actor)
  const assess = { id, category: 'c', ownerTeam: logistics }
  await run('assessComplaint', { ...assess, severity: 'HIGH' }, actor)
  await run('investigateComplaint', { id }, actor)
  await run('awaitCustomer', { id }, actor)
  clock.now = new Date('2026-04-29T13:00:00.000Z')
  expect(await run('recordCustomerReply', { id }, actor)).toMatchObject({
    // 16 hours are left on Wednesday at 15:00, and Friday is a holiday.
    resolveBy: '2026-05-04T13:00:00.000Z',
  })
  expect(await run('assessComplaint', { ...assess, severity: 'CRITICAL' }, actor)).toMatchObject({
    resolveBy: '2026-04-30T13:00:00.000Z',
  })
  clock.now = new Date('2026-04-24T13:00:00.000Z')
})

test('complaints that are there keep their deadlines when hours and calendar change', async () => {
  const { receive, run, actor, tenant, settled } = await aTenant()
  const { id, resolveBy, acknowledgeBy } = await receive()
  const { settings, calendar } = settled
  const later = {
    settings: {
      ...settings,
      version: 2,
      complaintDeadlines: [{ severity: 'HIGH' as const, acknowledge: 1, resolve: 2 }],
    },
    calendar: { ...calendar, version: 2, holidays: [{ date: '2026-04-27' }] },
  }
  await settle(svc, { tenant }, later)
  expect(await run('acknowledgeComplaint', { id }, actor)).toMatchObject({ resolveBy, acknowledgeBy })
  expect(await receive()).toMatchObject({
    acknowledgeBy: '2026-04-24T14:00:00.000Z',
    resolveBy: '2026-04-24T15:00:00.000Z',
  })
})

test('settings are kept as the newest event tells, whatever their order, and a calendar counts once it is the default', async () => {
  const { receive, tenant, settled } = await aTenant()
  const { settings, calendar } = settled
  const night = {
    ...calendar,
    id: randomUUID(),
    key: 'night',
    week: [{ day: 'FRIDAY' as const, intervals: [{ from: '20:00', to: '24:00' }] }],
  }
  await svc.deliver(calendarSaved, night, { tenant })
  await svc.drain()
  expect(await receive()).toMatchObject({ acknowledgeBy: '2026-04-27T09:00:00.000Z' })
  await svc.deliver(tenantSettingsChanged, { ...settings, version: 3, defaultCalendar: 'night' }, { tenant })
  await svc.drain()
  await svc.deliver(tenantSettingsChanged, { ...settings, version: 2 }, { tenant })
  await svc.drain()
  expect(await receive()).toMatchObject({ acknowledgeBy: '2026-04-24T22:00:00.000Z' })
})

test('a calendar that has too little working time for a deadline is told as such', async () => {
  const { settings, calendar } = inBerlin()
  const { receive } = await aTenant({
    settings: { ...settings, complaintDeadlines: [{ severity: 'HIGH', acknowledge: 1, resolve: 10_000 }] },
    calendar: { ...calendar, week: [{ day: 'MONDAY', intervals: [{ from: '00:00', to: '00:01' }] }] },
  })
  await expect(receive()).rejects.toMatchObject({ code: 'CONFLICT', reason: 'deadline.too_far' })
})

test('where nothing is known of the settings and profiles is away, no deadline is made up', async () => {
  const tenant = `t${randomUUID()}`
  const customer = aCustomer()
  await svc.deliver(customerCreated, customer, { tenant })
  await svc.drain()
  const { receive } = createComplaints(svc, customer.id)
  await expect(receive({}, { roles: ['service'], tenant })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    reason: 'service.unknown',
  })
})
