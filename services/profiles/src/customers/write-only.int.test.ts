import { randomUUID } from 'node:crypto'
import { customerUpdated } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles, { now: () => new Date('2026-03-15T12:00:00Z') })
const tenant = 'unseen'
const as = (role: string) => svc.as({ roles: [role], tenant, territories: ['emea'], subject: role })
const [manager, sales] = [as('manager'), as('sales')]

const DETAILS = `id version ageBand redactedFields person { familyName birthDate identityNumber } organization { registrationNumber }`
const CREATE = `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { ${DETAILS} } }`
const UPDATE = `mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { ${DETAILS} } }`
const CUSTOMER = `query ($id: ID!) { customer(id: $id) { ${DETAILS} } }`
const IMPORT = `mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) {
  created updated unchanged rejected rows { outcome id faults { path reason } } } }`
const create = async (input: object, by = sales) => (await by.mutate(CREATE, { input })).createCustomer
const update = async (input: object, by = sales) => (await by.mutate(UPDATE, { input })).updateCustomer
const read = async (id: string, by = manager) => (await by.query(CUSTOMER, { id })).customer
const imported = async (row: object, { dryRun = false, by = sales } = {}) =>
  (await by.mutate(IMPORT, { input: { system: 'unseen', dryRun, rows: [row] } })).importCustomers
const audited = (id: string) =>
  svc
    .context({ subject: 's', roles: ['admin'], tenant, territories: [''], scopes: [], kind: 'person' })
    .transaction((tx) =>
      tx.em.execute<{ outcome: string; subject: string; fields: string[] }[]>(
        'select outcome, subject, fields from audit_entry where entity_id = ? order by at, id',
        [id],
      ),
    )
const aPerson = (birthDate: string) => ({
  ...{ kind: 'PERSON', territory: 'emea/de' },
  person: { familyName: '王 👩🏽', birthDate },
})
const aFirm = (registrationNumber: string) => ({
  ...{ kind: 'ORGANIZATION', territory: 'emea/de' },
  organization: { legalName: 'شركة', registrationNumber },
})
const hidden = { code: 'FORBIDDEN', reason: 'field.hidden' }

test('sales enter a birth date and a registration number, see neither, and others see what they entered', async () => {
  const person = await create(aPerson('1990-05-17'))
  expect(person).toMatchObject({ ageBand: 'FROM_35_TO_44', person: { familyName: '王 👩🏽', birthDate: null } })
  expect(person.redactedFields).toContain('person.birthDate')
  expect((await read(person.id)).person.birthDate).toBe('1990-05-17')
  expect((await read(person.id, sales)).person.birthDate).toBeNull()
  const firm = await create(aFirm('HRB 1'))
  expect(firm.organization).toEqual({ registrationNumber: null })
  expect((await read(firm.id)).organization).toEqual({ registrationNumber: 'HRB 1' })
})

test('entering again takes the place of what there was, and neither answer, event nor audit log tells what that was', async () => {
  const { id } = await create(aPerson('1990-05-17'), manager)
  // A wrong guess and a right one look alike.
  const guesses = ['1990-05-18', '1990-05-18', '1990-05-17']
  for (const [at, birthDate] of guesses.entries()) {
    expect(await update({ id, person: { birthDate } })).toMatchObject({ version: at + 2, person: { birthDate: null } })
  }
  expect((await read(id)).person.birthDate).toBe('1990-05-17')
  await svc.relay()
  const events = (await svc.published(customerUpdated)).filter((event) => event.id === id)
  expect(events.map(({ changedFields }) => changedFields)).toEqual(guesses.map(() => ['person.birthDate']))
  const entries = (await audited(id)).filter(({ subject }) => subject === 'sales')
  expect(entries).toEqual(guesses.map(() => ({ outcome: 'DONE', subject: 'sales', fields: ['person.birthDate'] })))
  expect(JSON.stringify([events, entries])).not.toMatch(/1990/)
})

test('two who enter at once both enter, and one value stays', async () => {
  const { id } = await create(aPerson('1990-05-17'))
  await Promise.all(['1991-01-01', '1992-02-02'].map((birthDate) => update({ id, person: { birthDate } })))
  expect(['1991-01-01', '1992-02-02']).toContain((await read(id)).person.birthDate)
})

test('a repeated request with its key enters once', async () => {
  const input = { ...aPerson('1990-05-17'), idempotencyKey: randomUUID() }
  const [once, again] = [await create(input), await create(input)]
  expect(again).toEqual(once)
  expect(once.person.birthDate).toBeNull()
})

test('what sales may not enter, clear or look by is refused with its place', async () => {
  const [{ id }, firm] = [await create(aPerson('1990-05-17')), await create(aFirm('HRB 2'))]
  const FIND = 'query ($filter: CustomerFilter) { customers(filter: $filter) { totalCount } }'
  const refused: [() => Promise<unknown>, string, string?][] = [
    [() => update({ id, person: { birthDate: null } }), 'input.person.birthDate', 'field.write_only'],
    [() => update({ id, person: null, displayName: 'x' }), 'input.person'],
    [() => update({ id, person: { identityNumber: '1' } }), 'input.person.identityNumber'],
    [() => update({ id, person: { incomeBand: '1' } }), 'input.person.incomeBand'],
    [
      () => update({ id: firm.id, organization: { registrationNumber: null } }),
      'input.organization.registrationNumber',
      'field.write_only',
    ],
    [() => sales.query(FIND, { filter: { registrationNumber: { eq: 'HRB 2' } } }), 'filter.registrationNumber'],
  ]
  for (const [attempt, path, reason = 'field.hidden'] of refused) {
    await expect(attempt()).rejects.toMatchObject({ code: 'FORBIDDEN', reason, fields: [{ path, reason }] })
  }
  expect((await read(id)).person.birthDate).toBe('1990-05-17')
  expect((await read(firm.id)).organization.registrationNumber).toBe('HRB 2')
})

test.each([
  ['a day to come', { person: { birthDate: '2999-01-01' } }, 'input.person.birthDate', 'date.out_of_range'],
  [
    'the details of a firm',
    { organization: { registrationNumber: '1' } },
    'input.organization',
    'customer.kind_mismatch',
  ],
])('%s is refused without being told', async (_, change, path, reason) => {
  const { id } = await create(aPerson('1990-05-17'))
  const failed = await update({ id, ...change }).catch((error) => error)
  expect(failed).toMatchObject({ code: 'INVALID', fields: [{ path, reason }] })
  expect(JSON.stringify(failed)).not.toMatch(/2999|1990/)
})

test('what is outside of the access scope, or of another tenant, cannot be entered either', async () => {
  const { id } = await create({ ...aPerson('1990-05-17'), territory: 'apac' }, svc.as({ roles: ['admin'], tenant }))
  const change = { id, person: { birthDate: '1991-01-01' } }
  await expect(update(change)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(update(change, svc.as({ roles: ['sales'], tenant: 'other' }))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test.each([
  ['service', hidden],
  ['analyst', { code: 'FORBIDDEN' }],
  ['privacy_officer', { code: 'FORBIDDEN' }],
  ['service_account', { code: 'FORBIDDEN' }],
  ['partner', { code: 'FORBIDDEN' }],
])('a %s may not enter a birth date', async (role, expected) => {
  await expect(create(aPerson('1990-05-17'), as(role))).rejects.toMatchObject(expected)
})

test('whoever reaches farther by another role does not take the permission along', async () => {
  const both = svc.as({ roles: ['sales', 'service'], tenant, territories: ['emea'] })
  await expect(create(aPerson('1990-05-17'), both)).rejects.toMatchObject(hidden)
})

test('sales import them as well, and neither outcome nor dry run tells what there was', async () => {
  const row = { externalId: randomUUID(), ...aPerson('1990-05-17') }
  const { rows } = await imported(row, { by: manager })
  const [{ id }] = rows
  for (const birthDate of ['1990-05-17', '1991-01-01']) {
    for (const dryRun of [true, true, false]) {
      const guess = { ...row, person: { ...row.person, birthDate } }
      expect(await imported(guess, { dryRun })).toMatchObject({ updated: 1, unchanged: 0 })
    }
  }
  expect((await read(id)).person.birthDate).toBe('1991-01-01')
  const entries = await audited(id)
  expect(entries.filter(({ outcome, subject }) => outcome === 'SHOWN' && subject === 'sales')).toEqual([])
  const fault = { outcome: 'REJECTED', faults: [{ path: 'person', reason: 'field.hidden' }] }
  expect((await imported({ ...row, person: null, displayName: 'x' })).rows).toMatchObject([fault])
  const withNumber = { ...row, person: { ...row.person, identityNumber: '1' } }
  await expect(imported(withNumber)).rejects.toMatchObject({
    ...hidden,
    fields: [{ path: 'input.rows.0.person.identityNumber' }],
  })
  const { person: _, ...plain } = row
  expect(await imported(plain)).toMatchObject({ unchanged: 1 })
  const made = await imported({ externalId: randomUUID(), ...aFirm('HRB 3') })
  expect(made).toMatchObject({ created: 1 })
  expect((await read(made.rows[0].id)).organization.registrationNumber).toBe('HRB 3')
})
