import { randomUUID } from 'node:crypto'
import { calendarArchived, calendarSaved } from '@clientele/contracts'
import { startForTest, type TestActor } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles, { settings: { DEFAULT_COUNTRY: 'CN' } })

const fields = `id version key name status timeZone week { day intervals { from to } } holidays { date name }
  shiftedWorkingDays { date intervals { from to } }`
const inputs = {
  saveCalendar: 'SaveCalendarInput',
  setHolidays: 'SetHolidaysInput',
  archiveCalendar: 'ArchiveCalendarInput',
}
const run = async (actor: TestActor, verb: keyof typeof inputs, input: object) =>
  (
    await svc
      .as(actor)
      .mutate(`mutation ($input: ${inputs[verb]}!) { ${verb}(input: $input) { ${fields} } }`, { input })
  )[verb]
const calendars = async (actor: TestActor, includeArchived = false) =>
  (
    await svc
      .as(actor)
      .query(`query ($all: Boolean!) { calendars(includeArchived: $all) { ${fields} } }`, { all: includeArchived })
  ).calendars
const makeDefault = (actor: TestActor, defaultCalendar: string) =>
  svc.as(actor).mutate('mutation ($input: ChangeTenantSettingsInput!) { changeTenantSettings(input: $input) { id } }', {
    input: { defaultCalendar },
  })
const aTenant = (role = 'admin', tenant = `t${randomUUID()}`): TestActor => ({ roles: [role], tenant })

const office = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '18:00' },
]
const nationalDay = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ date: `2026-10-0${day}`, name: '国庆节' }))

test('a tenant begins with the office hours of its country', async () => {
  const found = await calendars(aTenant('sales'))
  expect(found).toMatchObject([
    { key: 'standard', name: '标准工作时间', timeZone: 'Asia/Shanghai', holidays: [], shiftedWorkingDays: [] },
  ])
  expect(found[0].week).toEqual(
    ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'].map((day) => ({ day, intervals: office })),
  )
})

test('a calendar is made by its key, then changed, with an event of each that has no names', async () => {
  const admin = aTenant()
  const made = await run(admin, 'saveCalendar', {
    key: '客服',
    name: ' 客服 ☎️ خدمة ',
    week: [
      { day: 'SATURDAY', intervals: [{ from: '10:00', to: '24:00' }] },
      { day: 'MONDAY', intervals: office },
    ],
    holidays: nationalDay.toReversed(),
    shiftedWorkingDays: [{ date: '2026-10-10' }, { date: '2026-09-20', intervals: [{ from: '09:00', to: '12:00' }] }],
    expectedVersion: 0,
  })
  expect(made).toMatchObject({
    version: 1,
    name: '客服 ☎️ خدمة',
    timeZone: 'Asia/Shanghai',
    week: [
      { day: 'MONDAY', intervals: office },
      { day: 'SATURDAY', intervals: [{ from: '10:00', to: '24:00' }] },
    ],
    holidays: nationalDay,
    shiftedWorkingDays: [
      { date: '2026-09-20', intervals: [{ from: '09:00', to: '12:00' }] },
      { date: '2026-10-10', intervals: office },
    ],
  })
  const changed = await run(admin, 'saveCalendar', { key: '客服', timeZone: 'asia/URUMQI', expectedVersion: 1 })
  expect(changed).toEqual({ ...made, version: 2, timeZone: 'Asia/Urumqi' })
  expect(await run(admin, 'saveCalendar', { key: '客服', timeZone: 'Asia/Urumqi' })).toEqual(changed)
  await svc.relay()
  const events = (await svc.published(calendarSaved)).filter(({ id }) => id === made.id)
  expect(events.map(({ version }) => version)).toEqual([1, 2])
  expect(events[1]).toMatchObject({ key: '客服', holidays: nationalDay.map(({ date }) => ({ date })) })
  expect(JSON.stringify(events)).not.toContain('国庆节')
})

test('the holidays of a year take the place of those there were, and other years stay', async () => {
  const admin = aTenant()
  const newYear = { date: '2025-01-01', name: '元旦' }
  await run(admin, 'setHolidays', { key: 'standard', year: 2025, holidays: [newYear] })
  await run(admin, 'setHolidays', {
    key: 'standard',
    year: 2026,
    holidays: [{ date: '2026-01-01', name: '元旦' }],
    shiftedWorkingDays: [{ date: '2026-01-04' }],
  })
  const set = await run(admin, 'setHolidays', { key: 'standard', year: 2026, holidays: nationalDay })
  expect(set).toMatchObject({
    version: 4,
    holidays: [newYear, ...nationalDay],
    shiftedWorkingDays: [{ date: '2026-01-04', intervals: office }],
  })
  expect(
    await run(admin, 'setHolidays', { key: 'standard', year: 2026, holidays: [], shiftedWorkingDays: [] }),
  ).toMatchObject({ holidays: [newYear], shiftedWorkingDays: [] })
})

test('one calendar is the default, which is not archived; what is archived is no default and comes back when it is saved', async () => {
  const admin = aTenant()
  await run(admin, 'saveCalendar', { key: 'night', name: 'Night' })
  await expect(run(admin, 'archiveCalendar', { key: 'standard' })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'calendar.is_default',
  })
  await makeDefault(admin, 'night')
  const archived = await run(admin, 'archiveCalendar', { key: 'standard', expectedVersion: 1 })
  expect(archived).toMatchObject({ version: 2, status: 'ARCHIVED' })
  expect(await run(admin, 'archiveCalendar', { key: 'standard' })).toEqual(archived)
  expect((await calendars(admin)).map(({ key }: { key: string }) => key)).toEqual(['night'])
  expect((await calendars(admin, true)).map(({ key }: { key: string }) => key)).toEqual(['night', 'standard'])
  for (const key of ['standard', 'nowhere']) {
    await expect(makeDefault(admin, key)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'calendar.unusable' })
  }
  expect(await run(admin, 'saveCalendar', { key: 'standard' })).toMatchObject({ version: 3, status: 'ACTIVE' })
  await svc.relay()
  expect(await svc.published(calendarArchived)).toContainEqual(expect.objectContaining({ id: archived.id, version: 2 }))
})

test('deadlines and the default calendar are refused where the one is too far for the other, whichever is changed', async () => {
  const settle = async (admin: TestActor, input: object) => {
    const document =
      'mutation ($input: ChangeTenantSettingsInput!) { changeTenantSettings(input: $input) { defaultCalendar } }'
    return (await svc.as(admin).mutate(document, { input })).changeTenantSettings
  }
  const week = [{ day: 'MONDAY', intervals: [{ from: '09:00', to: '10:00' }] }]
  const low = (resolve: number) => ({ complaintDeadlines: [{ severity: 'LOW', acknowledge: 1, resolve }] })
  const tooFar = (path: string) => ({
    code: 'INVALID',
    fields: [expect.objectContaining({ path, reason: 'deadline.too_far' })],
  })
  const admin = aTenant()
  await settle(admin, low(10_000))
  await expect(run(admin, 'saveCalendar', { key: 'standard', week })).rejects.toMatchObject(tooFar('input.week'))
  await run(admin, 'saveCalendar', { key: 'monday', name: 'Mondays', week })
  await expect(settle(admin, { defaultCalendar: 'monday' })).rejects.toMatchObject(tooFar('input.defaultCalendar'))
  await expect(settle(admin, { defaultCalendar: 'monday', ...low(261) })).rejects.toMatchObject(
    tooFar('input.complaintDeadlines.0.resolve'),
  )
  expect(await settle(admin, { defaultCalendar: 'monday', ...low(260) })).toEqual({ defaultCalendar: 'monday' })
  await expect(settle(admin, low(261))).rejects.toMatchObject(tooFar('input.complaintDeadlines.0.resolve'))
  expect(await run(admin, 'saveCalendar', { key: 'standard', week: [] }).catch(({ code }) => code)).toBe('INVALID')
  expect(await run(admin, 'saveCalendar', { key: 'standard', week })).toMatchObject({ week })
})

test('whoever archives a calendar while another makes it the default, one of them is refused', async () => {
  const admin = aTenant()
  await run(admin, 'saveCalendar', { key: 'night', name: 'Night' })
  const outcomes = await Promise.allSettled([
    makeDefault(admin, 'night'),
    run(admin, 'archiveCalendar', { key: 'night' }),
  ])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

const week = (intervals: object[]) => ({ key: 'x', name: 'x', week: [{ day: 'FRIDAY', intervals }] })
test.each([
  [{ key: 'x' }, 'input.name', 'text.required'],
  [{ key: 'x y', name: 'x' }, 'input.key', 'key.malformed'],
  [{ key: 'x', name: 'x', timeZone: '+08:00' }, 'input.timeZone', 'calendar.time_zone'],
  [week([]), 'input.week', 'calendar.never_open'],
  [week([{ from: '9:00', to: '10:00' }]), 'input.week.0.intervals.0.from', 'calendar.time'],
  [week([{ from: '22:00', to: '06:00' }]), 'input.week.0.intervals.0.to', 'calendar.interval'],
  [
    { ...week([{ from: '09:00', to: '10:00' }]), holidays: ['a', 'b'].map((name) => ({ date: '2026-10-01', name })) },
    'input.holidays.1.date',
    'calendar.repeated_date',
  ],
  [
    {
      ...week([{ from: '09:00', to: '10:00' }]),
      holidays: [{ date: '2026-10-01', name: 'a' }],
      shiftedWorkingDays: [{ date: '2026-10-01' }],
    },
    'input.shiftedWorkingDays.0.date',
    'calendar.repeated_date',
  ],
])('%j is refused with its place', async (input, path, reason) => {
  await expect(run({ roles: ['admin'] }, 'saveCalendar', input)).rejects.toMatchObject({
    code: 'INVALID',
    fields: [expect.objectContaining({ path, reason })],
  })
})

test.each([-1, 0, 10_000, 2_147_483_647])('there is no year %i', async (year) => {
  await expect(run(aTenant(), 'setHolidays', { key: 'standard', year, holidays: [] })).rejects.toMatchObject({
    code: 'INVALID',
    fields: [expect.objectContaining({ path: 'input.year', reason: 'number.out_of_range' })],
  })
})

test('a day of another year is no holiday of the year, and a calendar that is not there has none', async () => {
  const admin = aTenant()
  const holidays = [{ date: '2027-01-01', name: '元旦' }]
  await expect(run(admin, 'setHolidays', { key: 'standard', year: 2026, holidays })).rejects.toMatchObject({
    fields: [expect.objectContaining({ path: 'input.holidays.0.date', reason: 'calendar.other_year' })],
  })
  await expect(run(admin, 'setHolidays', { key: 'x', year: 2027, holidays })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'calendar.unknown',
  })
  await expect(run(aTenant('manager'), 'setHolidays', { key: 'standard', year: 2027, holidays })).rejects.toMatchObject(
    {
      code: 'FORBIDDEN',
    },
  )
})
