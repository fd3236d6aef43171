import { randomUUID } from 'node:crypto'
import { daysOfWeek } from '@clientele/business-calendar'
import { complaintSeverity, customerCreated, limits } from '@clientele/contracts'
import { bound, startForTest, testLimits, textOf } from '@clientele/testkit'
import { profiles } from './service.js'

const svc = await startForTest(profiles)
// A subject as long as it may be, and one that an identity provider makes of an address.
const staff = svc.as({ roles: ['admin'], subject: `${textOf(limits.subject, limits.subject.most - 2)}@x` })

const points = [{ kind: 'OTHER', value: 'v', country: 'DE' }]
const addresses = [{ lines: ['l'], city: 'c', region: 'r', postalCode: 'p', country: 'DE' }]
const contactPeople = [{ name: 'n', role: 'r', contactPoints: points }]
const organization = { legalName: 'l', registrationNumber: 'r', industry: 'TRADE', sizeBand: 'FROM_250' }
const person = {
  familyName: 'f',
  givenName: 'g',
  identityNumber: 'i',
  incomeBand: 'b',
  occupation: 'o',
  birthDate: '1990-01-01',
}
const plain = () => ({ number: `n${randomUUID()}`, ownerId: 'o', territory: 't', source: 's' })
const anOrigin = () => ({ system: 'erp', externalId: randomUUID() })

const aPerson = () => ({ ...plain(), kind: 'PERSON', person, tags: ['t'], origin: anOrigin(), contactPoints: points })
const anOrganization = () => ({
  ...{ ...plain(), kind: 'ORGANIZATION', displayName: 'd', organization, addresses, contactPeople },
  ...{ idempotencyKey: randomUUID(), contactPoints: points },
})
const created = async (input: object): Promise<string> =>
  (await staff.mutate('mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }', { input }))
    .createCustomer.id
const anId = () => created({ kind: 'PERSON', person: { familyName: 'x' } })
const aBulkChange = async (kind: string) => ({ ids: [await anId()], kind, idempotencyKey: randomUUID() })
const aPurchase = () => ({
  ...{ orderedAt: '2026-01-01T00:00:00Z', channel: 'c', paymentMethod: 'p', currency: 'EUR' },
  lines: [{ sku: 's', description: 'd', quantity: '1', unitPrice: '1', discount: '0.5' }],
})
const recorded = async (): Promise<string> =>
  (
    await staff.mutate('mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) { id } }', {
      input: { ...aPurchase(), customerId: await anId() },
    })
  ).recordPurchase.id
const aTagId = async () => {
  const name = `t${randomUUID()}`
  await created({ kind: 'PERSON', displayName: 'x', tags: [name] })
  const { tags } = await staff.query('{ tags { id name } }')
  return tags.find((tag: { name: string }) => tag.name === name).id as string
}
const aRow = () => ({ ...anOrganization(), idempotencyKey: undefined, externalId: randomUUID(), tags: ['t'] })
const aPurchaseRow = () => ({
  ...{ ...aPurchase(), externalId: randomUUID(), createMissingCustomer: true, customer: aRow() },
})

const hours = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const [day, hour] = [daysOfWeek[at % 7], String(Math.floor(at / 7)).padStart(2, '0')]
    return { day, from: `${hour}:00`, to: `${hour}:30` }
  })
const arrangements = { language: 'de', timeZone: 'Europe/Berlin', workingHours: hours(1) }
const aMember = () => ({
  ...{ ...arrangements, subject: randomUUID(), name: 'n', email: 'a@example.org', territories: ['t'], skills: ['s'] },
  idempotencyKey: randomUUID(),
})
const anAbsence = { from: '2026-01-01', until: '2026-01-02', reason: 'VACATION' }
const staffRecorded = async (): Promise<string> =>
  (
    await staff.mutate('mutation ($input: RecordStaffInput!) { recordStaff(input: $input) { id } }', {
      input: aMember(),
    })
  ).recordStaff.id
const aTeam = () => ({ key: randomUUID(), name: 'n', territory: 't', idempotencyKey: randomUUID() })
const teamCreated = async (): Promise<string> =>
  (await staff.mutate('mutation ($input: CreateTeamInput!) { createTeam(input: $input) { id } }', { input: aTeam() }))
    .createTeam.id
const run = (mutation: string, type: string, input: object) =>
  staff.mutate(`mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`, { input })
const interval = { from: '09:00', to: '18:00' }
const aCalendar = async (fields: object) => {
  await run('saveCalendar', 'SaveCalendarInput', { key: 'k', name: 'n', holidays: [], shiftedWorkingDays: [] })
  return { key: 'k', ...fields }
}
const days = (from: string, count: number) =>
  Array.from({ length: count }, (_, at) => new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10))
const holidaysFrom = (from: string) => (entries: number) => days(from, entries).map((date) => ({ date, name: 'n' }))
const shiftedFrom = (from: string) => (entries: number) => days(from, entries).map((date) => ({ date }))
const intervals = (entries: number) =>
  Array.from({ length: entries }, (_, at) => ({ from: `0${at}:00`, to: `0${at}:30` }))

interface Result {
  rows: { index: number; faults: { path: string; reason: string }[] }[]
}
const rows = {
  select: 'rows { index faults { path reason } }',
  issuesOf: (result: Result) =>
    result.rows.flatMap(({ index, faults }) =>
      faults.map(({ path, reason }) => ({ path: `input.rows.${index}.${path}`, reason })),
    ),
}

const anOrganizationWith = async () => {
  const { createCustomer } = await staff.mutate(
    `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) {
      id contactPoints { id } addresses { id } contactPeople { id } } }`,
    { input: { kind: 'ORGANIZATION', displayName: 'x', contactPoints: points, addresses, contactPeople } },
  )
  return { customerId: createCustomer.id as string, made: createCustomer }
}
const entryScenarios = (
  one: string,
  list: 'contactPoints' | 'addresses' | 'contactPeople',
  entry: object,
  change = entry,
) => [
  { mutation: `add${one}`, input: async () => ({ customerId: await anOrganizationId(), ...entry }) },
  {
    mutation: `change${one}`,
    input: async () => {
      const { customerId, made } = await anOrganizationWith()
      return { customerId, id: made[list][0].id, ...change }
    },
  },
]
const anOrganizationId = () => created({ kind: 'ORGANIZATION', displayName: 'x' })
const listScenarios = [
  ...entryScenarios('ContactPoint', 'contactPoints', points[0]!),
  ...entryScenarios('Address', 'addresses', addresses[0]!),
  ...entryScenarios('ContactPerson', 'contactPeople', contactPeople[0]!, { name: 'n', role: 'r' }),
  ...Object.entries({ contactPoints: points, addresses, contactPeople }).map(([list, entries]) => ({
    mutation: `replace${list[0]!.toUpperCase()}${list.slice(1)}`,
    input: async () => ({ customerId: await anOrganizationId(), [list]: entries }),
  })),
]

testLimits(profiles, svc, {
  scenarios: [
    { mutation: 'createCustomer', input: aPerson },
    { mutation: 'createCustomer', input: anOrganization },
    { mutation: 'updateCustomer', input: async () => ({ id: await anId(), ...plain(), displayName: 'd', person }) },
    { mutation: 'updateCustomer', input: async () => ({ id: (await anOrganizationWith()).customerId, organization }) },
    ...listScenarios,
    { mutation: 'tagCustomer', input: async () => ({ id: await anId(), tags: ['t'] }) },
    { mutation: 'untagCustomer', input: async () => ({ id: await anId(), tags: ['t'] }) },
    { mutation: 'updateTag', input: async () => ({ id: await aTagId(), name: 'n', description: 'd' }) },
    {
      mutation: 'recordPurchase',
      input: async () => ({
        ...aPurchase(),
        customerId: await anId(),
        origin: anOrigin(),
        idempotencyKey: randomUUID(),
      }),
    },
    {
      mutation: 'correctPurchase',
      input: async () => ({
        ...{
          id: await recorded(),
          reason: 'r',
          orderedAt: '2026-01-02T00:00:00Z',
          channel: 'c',
          paymentMethod: 'p',
          lines: aPurchase().lines,
        },
      }),
    },
    {
      mutation: 'stageCustomerFile',
      input: async () => ({ customerId: await anId(), name: 'n', bytes: 1, idempotencyKey: randomUUID() }),
    },
    { mutation: 'voidPurchase', input: async () => ({ id: await recorded(), reason: 'r' }) },
    {
      mutation: 'startBulkChange',
      input: async () => ({
        ...(await aBulkChange('SET_FIELDS')),
        fields: { ownerId: 'o', territory: 't', source: 's' },
      }),
    },
    { mutation: 'startBulkChange', input: async () => ({ ...(await aBulkChange('ADD_TAGS')), tags: ['t'] }) },
    {
      mutation: 'changeTenantSettings',
      input: () => ({
        ...{ languages: ['zh'], timeZone: 'Asia/Shanghai', rateAgeDays: 31 },
        visitCadences: [{ customerClass: 'c', days: 1 }],
        complaintDeadlines: [{ severity: 'LOW', acknowledge: 1, resolve: limits.deadlineHours.most }],
        branding: { name: 'n' },
      }),
    },
    {
      mutation: 'saveCalendar',
      input: () => ({
        ...{ key: 'c', name: 'n', timeZone: 'Asia/Shanghai', week: [{ day: 'MONDAY', intervals: [interval] }] },
        ...{ holidays: [{ date: '2026-01-01', name: 'n' }] },
        shiftedWorkingDays: [{ date: '2030-01-01', intervals: [interval] }],
      }),
    },
    {
      mutation: 'setHolidays',
      input: () =>
        aCalendar({
          year: 2026,
          holidays: [{ date: '2026-12-31', name: 'n' }],
          shiftedWorkingDays: [{ date: '2026-12-01', intervals: [interval] }],
        }),
    },
    {
      mutation: 'recordExchangeRates',
      input: () => ({ source: 's', rates: [{ base: 'EUR', quote: 'USD', day: '2026-01-01', rate: '1' }] }),
    },
    { mutation: 'archiveCalendar', input: () => aCalendar({}) },
    { mutation: 'importCustomers', input: () => ({ system: 'erp', rows: [aRow()] }), ...rows },
    { mutation: 'importPurchases', input: () => ({ system: 'erp', rows: [aPurchaseRow()] }), ...rows },
    { mutation: 'recordStaff', input: aMember },
    {
      mutation: 'changeStaff',
      input: async () => ({ ...aMember(), subject: undefined, idempotencyKey: undefined, id: await staffRecorded() }),
    },
    { mutation: 'changeStaffArrangements', input: async () => ({ ...arrangements, id: await staffRecorded() }) },
    {
      mutation: 'recordAbsence',
      input: async () => ({ ...anAbsence, staffId: await staffRecorded(), idempotencyKey: randomUUID() }),
    },
    {
      mutation: 'createTeam',
      input: async () => ({ ...aTeam(), memberIds: [await staffRecorded()] }),
    },
    {
      mutation: 'changeTeam',
      input: async () => ({ id: await teamCreated(), name: 'n', territory: 't', memberIds: [await staffRecorded()] }),
    },
  ].map((scenario) => ({ ...scenario, as: staff })),
  // The ids of an order, and those of a bulk change, name what there is. A colour has one form, and no limit beside; neither has a time of the day. The last day is not
  // before the first, and a year is that of its days.
  without: [
    // Bounded as a whole, in levels, nodes and values, like the filter of every list.
    'CustomerFilter',
    ...['TagCustomerInput.color', 'UpdateTagInput.color', 'StartBulkChangeInput.ids'],
    ...['ReorderContactPointsInput.ids', 'ReorderAddressesInput.ids', 'ReorderContactPeopleInput.ids'],
    ...['country', 'defaultCalendar'].map((field) => `ChangeTenantSettingsInput.${field}`),
    ...['BrandingInput.color', 'BrandingInput.logoUrl', 'SetHolidaysInput.year', 'WorkingSpanInput'],
    ...['HolidayInput.date', 'ShiftedWorkingDayInput.date'],
    ...['WorkingIntervalInput.from', 'WorkingIntervalInput.to', 'RecordAbsenceInput.until'],
  ],
  // No country, language or time zone has a name of that length.
  texts: {
    ...Object.fromEntries(
      [
        ...['ChangeTenantSettingsInput.timeZone', 'SaveCalendarInput.timeZone'],
        // These keys name a calendar that is there.
        ...['SetHolidaysInput.key', 'ArchiveCalendarInput.key'],
        ...['', 'Add', 'Change'].flatMap((verb) =>
          ['ContactPoint', 'Address'].map((entry) => `${verb}${entry}Input.country`),
        ),
        ...['RecordStaffInput', 'ChangeStaffInput', 'ChangeStaffArrangementsInput'].flatMap((input) => [
          `${input}.language`,
          `${input}.timeZone`,
        ]),
      ].map((name) => [name, () => undefined]),
    ),
    'ChangeTenantSettingsInput.languages[]': (characters) =>
      characters > limits.language.most
        ? undefined
        : `zh-x-${randomUUID().replaceAll('-', '').replace(/.{8}/g, '$&-')}`.slice(0, characters),
  },
  // A request has at most 10,000 values: full batches are of rows that say little.
  lists: {
    'RecordExchangeRatesInput.rates': (entries) =>
      days('2020-01-01', entries).map((day) => ({ base: 'EUR', quote: 'USD', day, rate: '1' })),
    'ChangeTenantSettingsInput.languages': (entries) => Array.from({ length: entries }, (_, at) => `zh-x-${at}`),
    'ChangeTenantSettingsInput.complaintDeadlines': (entries) =>
      Array.from({ length: entries }, (_, at) => ({
        severity: complaintSeverity.options[at % 4],
        ...{ acknowledge: 1, resolve: 1 },
      })),
    'SaveCalendarInput.week': (entries) =>
      Array.from({ length: entries }, (_, at) => ({ day: daysOfWeek[at % 7], intervals: [interval] })),
    'WorkingDayInput.intervals': intervals,
    'ShiftedWorkingDayInput.intervals': intervals,
    'SaveCalendarInput.holidays': holidaysFrom('2000-01-01'),
    'SaveCalendarInput.shiftedWorkingDays': shiftedFrom('2027-01-01'),
    'SetHolidaysInput.holidays': holidaysFrom('2026-01-01'),
    'SetHolidaysInput.shiftedWorkingDays': shiftedFrom('2026-01-01'),
    'ImportPurchasesInput.rows': (entries) =>
      Array.from({ length: entries }, () => ({
        ...{ ...aPurchase(), externalId: randomUUID(), createMissingCustomer: true },
        customer: { externalId: randomUUID(), kind: 'PERSON' },
      })),
    'RecordStaffInput.workingHours': hours,
    'ChangeStaffInput.workingHours': hours,
    'ChangeStaffArrangementsInput.workingHours': hours,
  },
  bounds: {
    'customer.number': bound.characters(limits.key),
    'customer.display_name': bound.characters(limits.displayName),
    'purchase_line.discount': bound.value(limits.discount),
    'tag.key': bound.characters(limits.key),
    'staff.subject': bound.characters(limits.subject),
    'staff.name': bound.characters(limits.staffName),
    'staff.language': bound.characters(limits.language),
    'staff.time_zone': bound.characters(limits.timeZone),
    'team.key': bound.characters(limits.key),
    'team.name': bound.characters(limits.teamName),
    'customer_file.name': bound.characters(limits.fileName),
    'customer_file.bytes': bound.value(limits.fileBytes),
  },
})

test('whoever has an address for a subject owns what they enter, and its event says so', async () => {
  const mia = svc.as({ roles: ['sales'], territories: ['emea'], subject: 'mia@example.org' })
  const document = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id ownerId } }'
  const input = { kind: 'PERSON', person: { familyName: 'x' } }
  const { id, ownerId } = (await mia.mutate(document, { input })).createCustomer
  expect(ownerId).toBe('mia@example.org')
  await svc.relay()
  expect(await svc.published(customerCreated)).toContainEqual(expect.objectContaining({ id, ownerId }))
})

test('a customer has at most 50 tags, in whatever portions they come', async () => {
  const document = `mutation ($input: ImportCustomersInput!) { answer: importCustomers(input: $input) { ${rows.select} } }`
  const row = aRow()
  const give = async (from: number, count: number) => {
    const tags = Array.from({ length: count }, (_, at) => `tag ${from + at}`)
    const { answer } = await staff.mutate(document, { input: { system: 'erp', rows: [{ ...row, tags }] } })
    return rows.issuesOf(answer)
  }
  expect([await give(0, 30), await give(20, 30)]).toEqual([[], []])
  expect(await give(50, 1)).toEqual([{ path: 'input.rows.0.tags', reason: 'list.too_long' }])
})

test('names as long as they may be are walked page by page', async () => {
  const names = Array.from({ length: 3 }, () => textOf(limits.displayName, limits.displayName.most)).toSorted()
  const source = `s${randomUUID()}`
  for (const displayName of names) await created({ kind: 'PERSON', displayName, source })
  const document = `query ($source: String!, $after: String) {
    customers(first: 1, after: $after, filter: { source: { eq: $source } }, orderBy: { field: DISPLAY_NAME }) {
      nodes { displayName } pageInfo { hasNextPage endCursor } } }`
  const found: string[] = []
  const read = async (after: string | null): Promise<void> => {
    const { customers } = await staff.query(document, { source, after })
    found.push(customers.nodes[0].displayName)
    if (customers.pageInfo.hasNextPage) await read(customers.pageInfo.endCursor)
  }
  await read(null)
  expect(found).toHaveLength(3)
  expect(found.toSorted()).toEqual(names)
})
