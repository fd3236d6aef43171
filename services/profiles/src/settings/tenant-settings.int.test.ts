import { randomUUID } from 'node:crypto'
import {
  calendarReplica,
  calendarSaved,
  limits,
  ratesReplica,
  settingsReplica,
  tenantSettingsChanged,
} from '@clientele/contracts'
import { startForTest, type TestActor } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles, { settings: { DEFAULT_COUNTRY: 'CN' } })

const fields = `id version createdBy updatedBy country currency languages timeZone ratePivot rateAgeDays defaultCalendar
  approvalLimits { compensation { amount currency } } visitCadences { customerClass days }
  complaintDeadlines { severity acknowledge resolve } branding { name color logoUrl }`
const READ = `{ tenantSettings { ${fields} } }`
const CHANGE = `mutation ($input: ChangeTenantSettingsInput!) { changeTenantSettings(input: $input) { ${fields} } }`

const aTenant = (role = 'admin', tenant = `t${randomUUID()}`): TestActor => ({
  roles: [role],
  tenant,
  subject: randomUUID(),
})
const read = async (actor: TestActor) => (await svc.as(actor).query(READ)).tenantSettings
const change = async (actor: TestActor, input: object) =>
  (await svc.as(actor).mutate(CHANGE, { input })).changeTenantSettings

const defaults = {
  version: 1,
  createdBy: 'service:profiles',
  country: 'CN',
  currency: 'CNY',
  languages: ['zh'],
  timeZone: 'Asia/Shanghai',
  ratePivot: 'EUR',
  rateAgeDays: 31,
  defaultCalendar: 'standard',
  approvalLimits: { compensation: null },
  visitCadences: [],
  branding: { name: null, color: null, logoUrl: null },
}

test('whoever reads the settings first finds those of the country, made by the service, once and with events', async () => {
  const { tenant } = aTenant()
  const all = await Promise.all(['analyst', 'sales', 'admin'].map((role) => read(aTenant(role, tenant))))
  expect(all[0]).toMatchObject(defaults)
  expect(all[1]).toEqual(all[0])
  expect(all[2]).toEqual(all[0])
  await svc.relay()
  const events = (await svc.published(tenantSettingsChanged)).filter(({ id }) => id === all[0].id)
  const { createdBy: _, ...said } = defaults
  expect(events).toEqual([{ ...said, id: all[0].id, complaintDeadlines: all[0].complaintDeadlines }])
  expect(await svc.published(calendarSaved)).toContainEqual(
    expect.objectContaining({ version: 1, key: 'standard', status: 'ACTIVE', timeZone: 'Asia/Shanghai', holidays: [] }),
  )
})

test('an admin changes what is given, and the rest stays', async () => {
  const admin = aTenant()
  const changed = await change(admin, {
    currency: 'EUR',
    languages: ['de', 'zh-hans-cn', 'de'].slice(0, 2),
    timeZone: 'Europe/Berlin',
    approvalLimits: { compensation: { amount: '500.50', currency: 'EUR' } },
    visitCadences: [
      { customerClass: '重点', days: 30 },
      { customerClass: 'a', days: 90 },
    ],
    complaintDeadlines: [{ severity: 'HIGH', acknowledge: 2, resolve: 30 }],
    branding: { name: ' Acme 🏬 شركة ', color: '#00AAff', logoUrl: 'https://acme.example/logo.svg' },
  })
  expect(changed).toMatchObject({
    version: 2,
    updatedBy: admin.subject,
    country: 'CN',
    currency: 'EUR',
    languages: ['de', 'zh-Hans-CN'],
    timeZone: 'Europe/Berlin',
    approvalLimits: { compensation: { amount: '500.5', currency: 'EUR' } },
    visitCadences: [
      { customerClass: 'a', days: 90 },
      { customerClass: '重点', days: 30 },
    ],
    branding: { name: 'Acme 🏬 شركة', color: '#00aaff', logoUrl: 'https://acme.example/logo.svg' },
  })
  expect(changed.complaintDeadlines).toEqual([
    { severity: 'LOW', acknowledge: 24, resolve: 168 },
    { severity: 'MEDIUM', acknowledge: 16, resolve: 80 },
    { severity: 'HIGH', acknowledge: 2, resolve: 30 },
    { severity: 'CRITICAL', acknowledge: 4, resolve: 16 },
  ])
  const cleared = await change(admin, { approvalLimits: { compensation: null }, branding: { name: null } })
  expect(cleared).toMatchObject({
    version: 3,
    approvalLimits: { compensation: null },
    branding: { name: null, color: '#00aaff' },
  })
  expect(await change(admin, { country: 'CN', branding: {}, approvalLimits: {} })).toEqual(cleared)
})

test.each([
  [{ country: 'de' }, 'input.country', 'country.unknown'],
  [{ country: 'Atlantis' }, 'input.country', 'country.unknown'],
  [{ timeZone: 'Asia/Atlantis' }, 'input.timeZone', 'time_zone.unknown'],
  [{ timeZone: '+08:00' }, 'input.timeZone', 'time_zone.unknown'],
  [{ languages: [] }, 'input.languages', 'list.too_short'],
  [{ languages: ['de', 'klingonisch!'] }, 'input.languages.1', 'language.malformed'],
  [{ languages: ['de', 'DE'] }, 'input.languages.1', 'list.repeated'],
  [
    { approvalLimits: { compensation: { amount: '-1', currency: 'EUR' } } },
    'input.approvalLimits.compensation.amount',
    'number.out_of_range',
  ],
  [
    { visitCadences: [1, 2].map((days) => ({ customerClass: 'a', days })) },
    'input.visitCadences.1.customerClass',
    'list.repeated',
  ],
  [
    { complaintDeadlines: [1, 2].map((acknowledge) => ({ severity: 'LOW', acknowledge, resolve: 3 })) },
    'input.complaintDeadlines.1.severity',
    'list.repeated',
  ],
  [
    { complaintDeadlines: [{ severity: 'LOW', acknowledge: 5, resolve: 2 }] },
    'input.complaintDeadlines.0.resolve',
    'deadline.reversed',
  ],
  [{ branding: { color: 'red' } }, 'input.branding.color', 'color.malformed'],
  [{ branding: { logoUrl: 'http://acme.example/a.svg' } }, 'input.branding.logoUrl', 'url.malformed'],
  ...[
    'https://me:secret@acme.example/',
    'https://:secret@acme.example/',
    'https://acme.example\\@evil.example/',
    `https://acme.example/${'x'.repeat(2_048)}`,
  ].map((logoUrl): [object, string, string] => [{ branding: { logoUrl } }, 'input.branding.logoUrl', 'url.malformed']),
])('%j is refused with its place', async (input, path, reason) => {
  await expect(change({ roles: ['admin'] }, input)).rejects.toMatchObject({
    code: 'INVALID',
    fields: [expect.objectContaining({ path, reason })],
  })
})

test('an address of a logo and a time zone are stored in the form that all read alike', async () => {
  const logoUrl = 'https://Acme.example/标志.svg'
  expect(await change(aTenant(), { timeZone: 'asia/kolkata', branding: { logoUrl } })).toMatchObject({
    timeZone: 'Asia/Kolkata',
    branding: { logoUrl: 'https://acme.example/%E6%A0%87%E5%BF%97.svg' },
  })
})

test('what other services ask for has the form of the events', async () => {
  const admin = aTenant()
  const rates = [{ base: 'EUR', quote: 'USD', day: '2026-01-02', rate: '1.5' }]
  await svc
    .as(admin)
    .mutate('mutation ($input: RecordExchangeRatesInput!) { recordExchangeRates(input: $input) { recorded } }', {
      input: { source: 's', rates },
    })
  const account = svc.as({ roles: ['service_account'], tenant: admin.tenant as string })
  for (const { owner, events } of [settingsReplica, calendarReplica, ratesReplica]) {
    const { found } = await account.query(owner.query)
    const all = [found].flat()
    expect(all).toHaveLength(1)
    for (const one of all) expect(events[0].schema.parse(one)).toEqual(one)
  }
})

test('of two who change the same version, one is told', async () => {
  const admin = aTenant()
  const { version } = await read(admin)
  const outcomes = await Promise.allSettled(
    ['EUR', 'USD'].map((currency) => change(admin, { currency, expectedVersion: version })),
  )
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'CONFLICT', reason: 'version.stale' },
  })
})

test('only an admin changes them, a partner does not read them, and another tenant has its own', async () => {
  const admin = aTenant()
  await change(admin, { currency: 'JPY' })
  for (const role of ['manager', 'sales', 'service', 'analyst', 'privacy_officer']) {
    const actor = aTenant(role, admin.tenant)
    await expect(change(actor, { currency: 'EUR' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await read(actor)).toMatchObject({ currency: 'JPY' })
  }
  expect(await read(aTenant('admin'))).toMatchObject({ currency: 'CNY' })
})

test('an event of settings as long as they may be fits on the stream', async () => {
  const admin = aTenant()
  const text = (most: number) => '好'.repeat(most)
  await change(admin, {
    languages: Array.from({ length: limits.languages.most }, (_, at) => `zh-x-${String(at).padStart(8, '0')}`),
    visitCadences: Array.from({ length: limits.visitCadences.most }, (_, at) => ({
      customerClass: text(limits.key.most - 3) + String(at).padStart(3, '0'),
      days: limits.cadenceDays.most,
    })),
    branding: { name: text(limits.brandName.most), logoUrl: `https://${'a'.repeat(2_000)}` },
  })
  await svc.relay()
  const left = await svc.database.system.query('select type from outbox where stream_seq is null')
  expect(left.rows).toEqual([])
})
