import { randomUUID } from 'node:crypto'
import { staffChanged, staffEntityId, staffLeft, staffRecorded, staffReturned } from '@clientele/contracts'
import { outcome, startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)
const admin = svc.as('admin')

const FIELDS = `id subject source name email language timeZone active leftAt territories skills workingHours { day from to }
  absences { id from until reason } substituteId substitute { name } teams { key } teamKeys version createdBy redactedFields`
const run = async (mutation: string, input: object, as = admin) => {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`
  return (await as.mutate(`mutation ($input: ${type}!) { done: ${mutation}(input: $input) { ${FIELDS} } }`, { input }))
    .done
}
const aMember = (fields: object = {}) => ({
  subject: randomUUID(),
  name: '陈晓雨',
  territories: ['emea/de'],
  ...fields,
})
const known = async (fields: object = {}) => run('recordStaff', aMember(fields))
const read = async (id: string, as = admin) =>
  (await as.query(`query ($id: ID!) { staffMember(id: $id) { ${FIELDS} } }`, { id })).staffMember

test('somebody entered by hand is found by id and by subject, with all that was said', async () => {
  const input = {
    ...aMember({ subject: 'mia@example.org', name: '  Mia  🌷 ', email: 'mia@Example.org', language: 'ZH-hans-cn' }),
    timeZone: 'Asia/Shanghai',
    skills: ['complaints', 'français'],
    workingHours: [
      { day: 'TUESDAY', from: '13:00', to: '24:00' },
      { day: 'MONDAY', from: '09:00', to: '12:00' },
      { day: 'TUESDAY', from: '08:00', to: '12:00' },
    ],
  }
  const made = await run('recordStaff', input)
  expect(made).toMatchObject({
    id: staffEntityId('mia@example.org'),
    subject: 'mia@example.org',
    source: 'MANUAL',
    name: 'Mia 🌷',
    email: 'mia@example.org',
    language: 'zh-Hans-CN',
    active: true,
    leftAt: null,
    workingHours: [
      { day: 'MONDAY', from: '09:00', to: '12:00' },
      { day: 'TUESDAY', from: '08:00', to: '12:00' },
      { day: 'TUESDAY', from: '13:00', to: '24:00' },
    ],
  })
  expect(await read('mia@example.org')).toEqual(made)
  expect(await read(made.id)).toEqual(made)
  const { staffById } = await admin.query('query ($ids: [ID!]!) { staffById(ids: $ids) { name } }', {
    ids: ['nobody-else', 'mia@example.org', 'nobody'],
  })
  expect(staffById).toEqual([null, { name: 'Mia 🌷' }, null])
  expect(await outcome(run('recordStaff', aMember({ subject: 'mia@example.org' })))).toBe('CONFLICT staff.known')
  await svc.relay()
  const events = (await svc.published(staffRecorded)).filter(({ id }) => id === made.id)
  expect(events).toMatchObject([
    {
      version: 1,
      sub: 'mia@example.org',
      active: true,
      language: 'zh-Hans-CN',
      territories: ['emea/de'],
      teams: [],
    },
  ])
  expect(JSON.stringify(events)).not.toContain('Mia')
})

test.each([
  [{ language: 'not a tag' }, 'language', 'language.malformed'],
  [{ language: 'x-y-z-1-' }, 'language', 'language.malformed'],
  [{ timeZone: 'Mars/Olympus' }, 'timeZone', 'time_zone.unknown'],
  [{ timeZone: '+08:00' }, 'timeZone', 'time_zone.unknown'],
  [{ name: '  ' }, 'name', 'text.required'],
  [{ subject: 'a b' }, 'subject', 'subject.malformed'],
  [{ territories: ['emea', 'emea'] }, 'territories.1', 'list.repeated'],
  [{ workingHours: [{ day: 'FRIDAY', from: '09:00', to: '08:00' }] }, 'workingHours.0.to', 'calendar.interval'],
  [{ workingHours: [{ day: 'FRIDAY', from: '9', to: '12:00' }] }, 'workingHours.0.from', 'calendar.time'],
])('%j is refused at %s', async (fields, path, reason) => {
  await expect(known(fields)).rejects.toMatchObject({ fields: [{ path: `input.${path}`, reason }] })
})

test('a repeated request with the same key records one', async () => {
  const input = aMember({ idempotencyKey: randomUUID() })
  const [first, second] = await Promise.all([run('recordStaff', input), run('recordStaff', input)])
  expect(second.id).toBe(first.id)
})

test('a change says what changed, one that changes nothing says nothing, a stale one is refused', async () => {
  const { id } = await known()
  expect(await run('changeStaff', { id, skills: ['b', 'a'], expectedVersion: 1 })).toMatchObject({ version: 2 })
  expect(await run('changeStaff', { id, skills: ['b', 'a'] })).toMatchObject({ version: 2 })
  expect(await outcome(run('changeStaff', { id, name: 'x', expectedVersion: 1 }))).toBe('CONFLICT version.stale')
  await svc.relay()
  const events = (await svc.published(staffChanged)).filter((event) => event.id === id)
  expect(events).toMatchObject([{ version: 2, changedFields: ['skills'] }])
})

test('absences are kept in order, told without their reason, and taken back', async () => {
  const { id } = await known({ timeZone: 'Asia/Shanghai' })
  await run('recordAbsence', { staffId: id, from: '2026-08-03', until: '2026-08-14', reason: 'VACATION' })
  const input = { staffId: id, from: '2026-07-01', until: '2026-07-01', reason: 'LEAVE', idempotencyKey: randomUUID() }
  await run('recordAbsence', input)
  const { absences } = await run('recordAbsence', input)
  expect(absences).toMatchObject([{ from: '2026-07-01', reason: 'LEAVE' }, { until: '2026-08-14' }])
  const wrong = { staffId: id, from: '2026-08-14', until: '2026-08-03', reason: 'OTHER' }
  expect(await outcome(run('recordAbsence', wrong))).toBe('INVALID absence.reversed')
  const overlapping = (from: string, until: string) =>
    outcome(run('recordAbsence', { staffId: id, from, until, reason: 'TRAVEL' }))
  expect(await overlapping('2026-08-14', '2026-08-20')).toBe('CONFLICT absence.overlapping')
  expect(await overlapping('2026-06-01', '2026-09-01')).toBe('CONFLICT absence.overlapping')
  const removal = { staffId: id, absenceId: absences[0].id }
  expect((await run('removeAbsence', removal)).absences).toHaveLength(1)
  expect(await outcome(run('removeAbsence', removal))).toBe('NOT_FOUND absence.unknown')
  await svc.relay()
  const events = (await svc.published(staffChanged)).filter((event) => event.id === id)
  expect(events.map((event) => event.absences.length)).toEqual([1, 2, 1])
  expect(JSON.stringify(events)).not.toMatch(/VACATION|LEAVE/)
})

test('a substitute works here and is somebody else', async () => {
  const [mia, sam, leo] = [await known({ name: 'Mia' }), await known({ name: 'Sam' }), await known()]
  expect(await run('setSubstitute', { staffId: mia.id, substituteId: sam.subject })).toMatchObject({
    substitute: { name: 'Sam' },
  })
  await run('markStaffLeft', { id: leo.id })
  const set = (substituteId: string | null) => outcome(run('setSubstitute', { staffId: mia.id, substituteId }))
  expect(await set(leo.id)).toBe('INVALID staff.left')
  expect(await set(mia.id)).toBe('INVALID substitute.self')
  expect(await set('nobody')).toBe('INVALID staff.unknown')
  expect(await run('setSubstitute', { staffId: mia.id, substituteId: null })).toMatchObject({ substitute: null })
})

test('whoever is asked for in two spellings at once is recorded once', async () => {
  const subject = randomUUID()
  const { staffById } = await admin.query('query ($ids: [ID!]!) { staffById(ids: $ids) { id } }', {
    ids: [subject.toUpperCase(), subject],
  })
  expect(staffById).toEqual([{ id: subject }, { id: subject }])
})

test('whoever leaves stays known, and may come back', async () => {
  const { id } = await known()
  const left = await run('markStaffLeft', { id, expectedVersion: 1 })
  expect(left).toMatchObject({ active: false, leftAt: expect.any(String), version: 2 })
  expect(await outcome(run('markStaffLeft', { id }))).toBe('CONFLICT staff.left')
  expect(await run('markStaffReturned', { id })).toMatchObject({ active: true, leftAt: null })
  expect(await outcome(run('markStaffReturned', { id }))).toBe('CONFLICT staff.active')
  await svc.relay()
  expect((await svc.published(staffLeft)).filter((event) => event.id === id)).toMatchObject([{ active: false }])
  expect((await svc.published(staffReturned)).filter((event) => event.id === id)).toMatchObject([{ version: 3 }])
})

test('colleagues see each other without addresses; partners and other tenants see nobody', async () => {
  const { id, subject } = await known({ subject: `nobody-${randomUUID()}`, email: 'a@example.org' })
  for (const role of ['sales', 'service', 'analyst', 'service_account']) {
    expect(await read(id, svc.as(role))).toMatchObject({ name: '陈晓雨', email: null, redactedFields: ['email'] })
  }
  for (const role of ['manager', 'privacy_officer']) {
    expect(await read(id, svc.as(role))).toMatchObject({ email: 'a@example.org' })
  }
  expect(await outcome(read(id, svc.as('partner')))).toBe('FORBIDDEN role')
  expect(await outcome(read(subject, svc.as({ roles: ['admin'], tenant: 'globex' })))).toBe('NOT_FOUND staff.unknown')
})

test('everybody arranges their own absence, managers that of their people, and nobody that of others', async () => {
  const mia = await known({ territories: ['emea/de', 'apac'] })
  let day = 10
  const away = () => {
    const date = `2026-08-${day++}`
    return { staffId: mia.id, from: date, until: date, reason: 'VACATION' }
  }
  const as = (roles: string[], territories: string[], subject: string = randomUUID()) =>
    outcome(run('recordAbsence', away(), svc.as({ roles, territories, subject })))
  expect(await as(['sales'], ['emea/de'])).toBe('FORBIDDEN access_scope')
  expect(await as(['analyst'], [], mia.subject)).toBe('OK')
  expect(await as(['manager'], ['emea'])).toBe('OK')
  expect(await as(['manager'], [''])).toBe('OK')
  expect(await as(['manager'], ['emea/fr'])).toBe('FORBIDDEN access_scope')
  expect(await as(['service_account'], [])).toBe('FORBIDDEN role')
  const own = svc.as({ roles: ['sales'], subject: mia.subject })
  expect(await run('changeStaffArrangements', { id: mia.id, language: 'de' }, own)).toMatchObject({ language: 'de' })
  expect(await outcome(run('changeStaff', { id: mia.id, name: 'x' }, own))).toBe('FORBIDDEN role')
})

test('the list is filtered by team, name and activity', async () => {
  const names = [`A${randomUUID()}`, `B${randomUUID()}`]
  const [a, b] = [await known({ name: names[0] }), await known({ name: names[1] })]
  const team = { key: randomUUID(), name: 'T', memberIds: [b.subject, a.id] }
  await admin.mutate('mutation ($input: CreateTeamInput!) { createTeam(input: $input) { id } }', { input: team })
  await run('markStaffLeft', { id: a.id })
  const list = async (filter: object) => {
    const document = 'query ($filter: StaffFilter) { staff(filter: $filter, first: 100) { nodes { name teamKeys } } }'
    return (await admin.query(document, { filter })).staff.nodes.map(({ name }: { name: string }) => name)
  }
  expect(await list({ team: { eq: team.key } })).toEqual(names)
  expect(await list({ team: { in: [team.key] }, active: true })).toEqual([names[1]])
  expect(await list({ not: { active: true }, name: { startsWith: names[0] } })).toEqual([names[0]])
})

test('concurrent changes of one person all count', async () => {
  const { id } = await known()
  const day = (at: number) => `2026-09-${String(at + 1).padStart(2, '0')}`
  await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      run('recordAbsence', { staffId: id, from: day(at), until: day(at), reason: 'OTHER' }),
    ),
  )
  expect((await read(id)).absences.map(({ from }: { from: string }) => from)).toEqual(
    Array.from({ length: 8 }, (_, at) => day(at)),
  )
})
