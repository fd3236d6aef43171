import { randomUUID } from 'node:crypto'
import { limits, staffEntityId } from '@clientele/contracts'
import { outcome, startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const statements: string[] = []
const svc = await startForTest(profiles, { onStatement: (sql) => statements.push(sql) })
const { people } = svc.issuer
const admin = svc.as('admin')

const create = async (ownerId: string | null, as = admin) =>
  (
    await as.mutate(
      'mutation ($input: CreateCustomerInput!) { done: createCustomer(input: $input) { id ownerId owner { name active } } }',
      { input: { kind: 'PERSON', displayName: 'x', ownerId } },
    )
  ).done
const update = async (id: string, fields: object) =>
  (
    await admin.mutate('mutation ($input: UpdateCustomerInput!) { done: updateCustomer(input: $input) { ownerId } }', {
      input: { id, ...fields },
    })
  ).done
const IMPORT = `mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { created unchanged updated
  rows { outcome faults { path reason } } } }`
const load = async (rows: object[], system = 'erp') =>
  (await admin.mutate(IMPORT, { input: { system, rows } })).importCustomers
const aRow = (ownerId: string, externalId: string = randomUUID()) => ({
  externalId,
  kind: 'PERSON',
  displayName: 'x',
  ownerId,
})
const leave = (id: string) =>
  admin.mutate('mutation ($input: MarkStaffLeftInput!) { markStaffLeft(input: $input) { id } }', { input: { id } })
const recorded = async (subject = `nobody-${randomUUID()}`) => {
  const input = { subject, name: '陈晓雨' }
  await admin.mutate('mutation ($input: RecordStaffInput!) { recordStaff(input: $input) { id } }', { input })
  return subject
}

test('an owner works here, or is refused with the path', async () => {
  const mia = await recorded()
  const customer = await create(mia)
  expect(customer).toMatchObject({ ownerId: mia, owner: { name: '陈晓雨', active: true } })
  await expect(create('nobody')).rejects.toMatchObject({ fields: [{ path: 'input.ownerId', reason: 'staff.unknown' }] })
  await expect(update(customer.id, { ownerId: 'nobody' })).rejects.toMatchObject({
    fields: [{ path: 'input.ownerId', reason: 'staff.unknown' }],
  })
  const sam = await recorded()
  await leave(sam)
  await expect(create(sam)).rejects.toMatchObject({ fields: [{ path: 'input.ownerId', reason: 'staff.left' }] })
  expect(await outcome(create('with blank'))).toBe('INVALID subject.malformed')
})

test('an owner is stored by their subject, by whatever spelling of it or of their id they are named', async () => {
  const sales = randomUUID()
  const of = svc.as({ roles: ['sales'], subject: sales, tenant: 'acme' })
  const customer = await create(sales.toUpperCase())
  expect(customer.ownerId).toBe(sales)
  const { customer: found } = await of.query('query ($id: ID!) { customer(id: $id) { id } }', { id: customer.id })
  expect(found).toEqual({ id: customer.id })
  const mixed = await recorded(`Nobody.${randomUUID()}@X.com`)
  expect((await create(staffEntityId(mixed))).ownerId).toBe(mixed)
  expect(await update(customer.id, { ownerId: staffEntityId(mixed) })).toEqual({ ownerId: mixed })
  const row = aRow(sales.toUpperCase())
  expect(await load([row])).toMatchObject({ created: 1 })
  expect(await load([row])).toMatchObject({ unchanged: 1 })
})

test('somebody recorded by a UUID in capitals is whom a token names in lower case', async () => {
  const subject = await recorded(randomUUID().toUpperCase())
  expect((await create(subject)).ownerId).toBe(subject.toLowerCase())
})

test('an owner who has left stays, and is named again without a fault', async () => {
  const mia = await recorded()
  const { id } = await create(mia)
  const row = aRow(mia)
  await load([row])
  await leave(mia)
  expect(await update(id, { ownerId: mia, source: 'x' })).toEqual({ ownerId: mia })
  expect(await load([row])).toMatchObject({ unchanged: 1 })
  expect(await load([aRow(mia)])).toMatchObject({
    rows: [{ outcome: 'REJECTED', faults: [{ path: 'ownerId', reason: 'staff.left' }] }],
  })
  expect(await update(id, { ownerId: null })).toEqual({ ownerId: null })
})

test('a batch looks its owners up at once, however many they are, and asks for each stranger once', async () => {
  const owners = Array.from({ length: 20 }, () => randomUUID())
  for (const subject of owners) people.set({ subject, tenant: 'acme' })
  const asked = people.asked()
  const rows = Array.from({ length: limits.importRows.most }, (_, at) => aRow(owners[at % owners.length]!))
  expect(await load(rows)).toMatchObject({ created: rows.length })
  expect(people.asked() - asked).toBe(owners.length)
  const count = async (some: object[]) => {
    statements.length = 0
    await load(some, 'other')
    return statements.length
  }
  const few = await count(rows.slice(0, 2).map((row) => ({ ...row, externalId: randomUUID() })))
  expect(await count(rows.slice(0, 200).map((row) => ({ ...row, externalId: randomUUID() })))).toBe(few)
})

test('one row with a stranger stops no other', async () => {
  const mia = await recorded()
  expect(await load([aRow('nobody'), aRow(mia)])).toMatchObject({
    rows: [{ outcome: 'REJECTED', faults: [{ path: 'ownerId', reason: 'staff.unknown' }] }, { outcome: 'CREATED' }],
  })
})

test('customers are listed by how their owners stand', async () => {
  const [mia, sam] = [await recorded(), await recorded()]
  const source = randomUUID()
  const customers = [await create(mia), await create(sam), await create(null), await create(mia)]
  for (const { id } of customers) await update(id, { source })
  await leave(sam)
  // What an earlier version let in.
  const seed = { subject: 'seed', roles: [], tenant: 'acme', territories: [], kind: 'person' } as const
  await svc.database
    .fork(seed, new Date())
    .transactional((em) => em.execute(`update customer set owner_id = 'gone' where id = ?`, [customers[3].id]))
  const list = async (ownerStatus: object, as = admin) => {
    const filter = { source: { eq: source }, ownerStatus }
    const document = 'query ($filter: CustomerFilter) { customers(filter: $filter) { nodes { id owner { subject } } } }'
    return (await as.query(document, { filter })).customers.nodes.map(({ id }: { id: string }) => id)
  }
  const ids = customers.map(({ id }) => id)
  expect(await list({ eq: 'ACTIVE' })).toEqual([ids[0]])
  expect(await list({ eq: 'LEFT' })).toEqual([ids[1]])
  expect(await list({ eq: 'NONE' })).toEqual([ids[2]])
  expect(await list({ eq: 'UNKNOWN' })).toEqual([ids[3]])
  expect(await list({ in: ['LEFT', 'UNKNOWN'] })).toEqual([ids[1], ids[3]])
  expect(await outcome(list({ eq: 'LEFT' }, svc.as('partner')))).toBe('FORBIDDEN role')
})
