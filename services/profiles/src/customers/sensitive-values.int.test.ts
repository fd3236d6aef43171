import { randomUUID } from 'node:crypto'
import { customerUpdated } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const statements: string[] = []
const svc = await startForTest(profiles, { onStatement: (sql) => void statements.push(sql) })
const sealing = () => statements.filter((sql) => /sealed_value|data_key/.test(sql))
const tenant = 'sealed'
const manager = svc.as({ roles: ['manager'], tenant })

const DETAILS = `id version person { familyName birthDate identityNumber incomeBand }
  organization { legalName registrationNumber } redactedFields`
const CREATE = `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { ${DETAILS} } }`
const UPDATE = `mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { ${DETAILS} } }`
const CUSTOMER = `query ($id: ID!) { customer(id: $id) { ${DETAILS} } }`
const FIND = 'query ($filter: CustomerFilter) { customers(filter: $filter, first: 100) { nodes { id } totalCount } }'
const IMPORT = `mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) {
  created updated unchanged rejected rows { id outcome faults { path reason } } } }`

const secrets = { birthDate: '1980-05-17', identityNumber: '11010519491231002X', incomeBand: '50-75k' }
const aPerson = (person: object = secrets, fields: object = {}) => ({
  kind: 'PERSON',
  person: { familyName: '王', ...person },
  ...fields,
})
const create = async (input: object, as = manager) => (await as.mutate(CREATE, { input })).createCustomer
const update = async (input: object, as = manager) => (await as.mutate(UPDATE, { input })).updateCustomer
const read = async (id: string, as = manager) => (await as.query(CUSTOMER, { id })).customer
const find = async (filter: object, as = manager) => {
  const { nodes, totalCount } = (await as.query(FIND, { filter })).customers
  expect(totalCount).toBe(nodes.length)
  return nodes.map(({ id }: { id: string }) => id)
}
const admin = () =>
  svc.context({ subject: 's', roles: ['admin'], tenant, territories: [''], scopes: [], kind: 'person' })
/** SQL of the service's own role in the tenant, to look at rows as they are stored. */
const rows = (sql: string, params: unknown[] = []) =>
  admin().transaction((tx) => tx.em.execute<Record<string, unknown>[]>(sql, params))

test('sensitive details are answered as given, and stored where nobody can read them', async () => {
  const made = await create(aPerson())
  expect(made.person).toEqual({ familyName: '王', ...secrets })
  expect(await read(made.id)).toEqual(made)
  const organization = { legalName: 'Alfreds', registrationNumber: 'HRB 12345 B' }
  const firm = await create({ kind: 'ORGANIZATION', organization })
  expect(firm.organization).toEqual(organization)
  const stored = await rows('select c::text as text from customer c where id in (?, ?)', [made.id, firm.id])
  for (const { text } of stored) expect(text).not.toMatch(/1980-05|110105|50-75k|HRB/)
  expect(await rows('select field from sealed_value where owner_id = ? order by 1', [made.id])).toEqual([
    { field: 'customer.person.birthDate' },
    { field: 'customer.person.identityNumber' },
    { field: 'customer.person.incomeBand' },
  ])
})

test('who may not see them sees null, learns their names, and cannot write or look by them', async () => {
  const { id } = await create(aPerson())
  const sales = svc.as({ roles: ['sales'], tenant })
  const seen = await read(id, sales)
  expect(seen.person).toEqual({ familyName: '王', birthDate: null, identityNumber: null, incomeBand: null })
  expect(seen.redactedFields).toEqual(
    expect.arrayContaining(['person.birthDate', 'person.identityNumber', 'person.incomeBand']),
  )
  for (const refused of [
    () => find({ identityNumber: { eq: 'x' } }, sales),
    () => find({ or: [{ not: { registrationNumber: { eq: 'x' } } }] }, sales),
    () => update({ id, person: { incomeBand: null } }, sales),
  ]) {
    await expect(refused()).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'field.hidden' })
  }
  await update({ id, person: { familyName: '李' } }, sales)
  expect((await read(id)).person).toEqual({ familyName: '李', ...secrets })
})

test('who may not see them cannot destroy them by clearing everything around them', async () => {
  const sales = svc.as({ roles: ['sales'], tenant })
  const { id } = await create(aPerson())
  await expect(update({ id, person: null, displayName: 'x' }, sales)).rejects.toMatchObject({
    code: 'FORBIDDEN',
    fields: [{ path: 'input.person', reason: 'field.hidden' }],
  })
  const firm = await create({ kind: 'ORGANIZATION', organization: { legalName: 'x', registrationNumber: 'HRB 1' } })
  await expect(update({ id: firm.id, organization: null, displayName: 'x' }, sales)).rejects.toMatchObject({
    code: 'FORBIDDEN',
    fields: [{ path: 'input.organization', reason: 'field.hidden' }],
  })
  expect(await update({ id: firm.id, person: null, source: 'web' }, sales)).toMatchObject({ version: 2 })
  expect((await read(id)).person).toEqual({ familyName: '王', ...secrets })
})

test('whoever tries values out, in a search or a dry run, is in the audit log', async () => {
  const tried = { birthDate: '1981-02-03', identityNumber: `ID${randomUUID()}` }
  const row = { externalId: randomUUID(), ...aPerson(tried) }
  const run = async (dryRun: boolean) =>
    (await manager.mutate(IMPORT, { input: { system: 'tried', dryRun, rows: [row] } })).importCustomers.rows[0]
  const { id } = await run(false)
  const shown = () =>
    rows(`select fields from audit_entry where entity_id = ? and outcome = 'SHOWN' order by fields`, [id])
  expect(await shown()).toEqual([])
  expect((await run(true)).outcome).toBe('UNCHANGED')
  expect(await shown()).toEqual([{ fields: ['person.birthDate', 'person.identityNumber'] }])
  expect(await find({ identityNumber: { eq: tried.identityNumber } })).toEqual([id])
  expect(await shown()).toContainEqual({ fields: ['person.identityNumber'] })
  const searches = () =>
    rows(`select fields from audit_entry where action = 'customer.shown' and entity_id is null and subject = 'nosy'`)
  const nosy = svc.as({ roles: ['manager'], tenant, subject: 'nosy' })
  expect(await find({ not: { registrationNumber: { eq: 'none' } }, source: { eq: 'nobody' } }, nosy)).toEqual([])
  expect(await searches()).toEqual([{ fields: ['organization.registrationNumber'] }])
})

test('an update keeps what is left out, clears what is null, and names what changed, without its value', async () => {
  const { id } = await create(aPerson())
  const change = { id, person: { birthDate: '1981-01-02', incomeBand: null } }
  const changed = await update(change)
  expect(changed).toMatchObject({
    version: 2,
    person: { ...secrets, birthDate: '1981-01-02', incomeBand: null, familyName: '王' },
  })
  expect(await update(change)).toEqual(changed)
  expect(await update({ id, person: null, displayName: 'nobody' })).toMatchObject({ version: 3, person: null })
  expect(await update({ id, person: { familyName: '张' } })).toMatchObject({
    person: { familyName: '张', birthDate: null, identityNumber: null, incomeBand: null },
  })
  await svc.relay()
  const events = (await svc.published(customerUpdated)).filter((event) => event.id === id)
  expect(events[0]?.changedFields.toSorted()).toEqual(['person.birthDate', 'person.incomeBand'])
  expect(events[1]?.changedFields).toEqual(expect.arrayContaining(['person.birthDate', 'person.identityNumber']))
  expect(JSON.stringify(events)).not.toMatch(/1980-05|1981-01|110105|50-75k/)
})

test('two changes of one customer in one request answer each with its own', async () => {
  const { id } = await create(aPerson())
  const document = `mutation ($id: ID!) {
    a: updateCustomer(input: { id: $id, person: { birthDate: "1990-01-01" } }) { person { birthDate } }
    b: updateCustomer(input: { id: $id, person: { birthDate: "1991-01-01" } }) { person { birthDate } } }`
  expect(await manager.mutate(document, { id })).toEqual({
    a: { person: { birthDate: '1990-01-01' } },
    b: { person: { birthDate: '1991-01-01' } },
  })
})

test.each([
  ['person.birthDate', { birthDate: '2999-01-01' }, 'date.out_of_range'],
  ['person.identityNumber', { identityNumber: 'x'.repeat(65) }, 'text.too_long'],
  ['person.incomeBand', { incomeBand: ' ' }, 'text.required'],
])('a wrong %s is refused', async (path, person, reason) => {
  await expect(create(aPerson(person))).rejects.toMatchObject({ fields: [{ path: `input.${path}`, reason }] })
})

describe('a search', () => {
  const number = `HRB-${randomUUID()}`
  let firms: string[]
  beforeAll(async () => {
    const firm = (registrationNumber: string) =>
      create({ kind: 'ORGANIZATION', organization: { legalName: 'x', registrationNumber } })
    firms = [(await firm(number)).id, (await firm(number.toLowerCase().replaceAll('-', ' '))).id]
    await firm(`${number}1`)
    const other = svc.as({ roles: ['manager'], tenant: 'others' })
    await create({ kind: 'ORGANIZATION', organization: { legalName: 'x', registrationNumber: number } }, other)
  })

  test.each([
    ['exactly', () => ({ registrationNumber: { eq: number } }), () => firms],
    ['in another notation', () => ({ registrationNumber: { eq: `ｈｒｂ${number.slice(3)}` } }), () => firms],
    ['by a part', () => ({ registrationNumber: { eq: number.slice(0, -1) } }), () => []],
    ['by another field', () => ({ identityNumber: { eq: number } }), () => []],
    ['with another condition', () => ({ registrationNumber: { eq: number }, kind: { eq: 'PERSON' } }), () => []],
    [
      'by one of two',
      () => ({ or: [{ registrationNumber: { eq: 'none' } }, { registrationNumber: { eq: number } }] }),
      () => firms,
    ],
    [
      'but for one',
      () => ({ and: [{ registrationNumber: { eq: number } }, { not: { registrationNumber: { eq: number } } }] }),
      () => [],
    ],
  ])('%s', async (_, filter, expected) => {
    expect((await find(filter())).toSorted()).toEqual(expected().toSorted())
  })

  test('with null for a value is no condition', async () => {
    expect((await find({ registrationNumber: { eq: null } })).length).toBeGreaterThan(2)
  })
})

test('two hundred imported customers cost as many statements as ten; what did not change stays', async () => {
  const rowsOf = (count: number, of: string, band: string) =>
    Array.from({ length: count }, (_, i) => ({
      externalId: `${of}-${i}`,
      ...aPerson({ ...secrets, identityNumber: `${of}${i}`, incomeBand: band }),
    }))
  const run = async (system: string, rows: object[]) => {
    statements.length = 0
    const { importCustomers } = await manager.mutate(IMPORT, { input: { system, rows } })
    return { ...importCustomers, statements: sealing().length }
  }
  const few = await run('few', rowsOf(10, 'F', 'low'))
  expect(few).toMatchObject({ created: 10 })
  expect(await run('many', rowsOf(200, 'M', 'low'))).toMatchObject({ created: 200, statements: few.statements })
  expect(await run('many', rowsOf(200, 'M', 'low'))).toMatchObject({ unchanged: 200, statements: 1 })
  const updated = await run('many', rowsOf(200, 'M', 'high'))
  expect(updated).toMatchObject({ updated: 200 })
  expect(updated.statements).toBeLessThanOrEqual(3)
  expect(await find({ identityNumber: { eq: 'm-199' } })).toEqual([updated.rows[199].id])
  const nameless = rowsOf(200, 'M', 'high').map(({ externalId }) => ({ externalId, ...aPerson({}) }))
  expect(await run('many', nameless)).toMatchObject({ unchanged: 200, statements: 0 })
  expect((await read(updated.rows[7].id)).person).toMatchObject({ identityNumber: 'M7', incomeBand: 'high' })
})

test('a list of a hundred costs one statement, and a read that asks for nothing sensitive costs none', async () => {
  const LIST = (fields: string) => `{ customers(first: 100) { nodes { id person { ${fields} } } } }`
  statements.length = 0
  const { customers } = await manager.query(LIST('birthDate identityNumber incomeBand'))
  expect(customers.nodes).toHaveLength(100)
  expect(sealing()).toHaveLength(1)
  statements.length = 0
  await manager.query(LIST('familyName occupation'))
  await svc.as({ roles: ['sales'], tenant }).query(LIST('birthDate'))
  expect(sealing()).toEqual([])
})

test('a customer whose key was destroyed shows none of it', async () => {
  const { id } = await create(aPerson())
  await admin().transaction((tx) => tx.keys.shred([id]))
  expect((await read(id)).person).toEqual({
    familyName: '王',
    birthDate: null,
    identityNumber: null,
    incomeBand: null,
  })
  expect(await find({ identityNumber: { eq: secrets.identityNumber }, source: { eq: id } })).toEqual([])
})
