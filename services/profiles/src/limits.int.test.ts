import { randomUUID } from 'node:crypto'
import { customerCreated, limits } from '@clientele/contracts'
import { bound, startForTest, testLimits, textOf } from '@clientele/testkit'
import { profiles } from './service.js'

const svc = await startForTest(profiles)
// A subject as long as it may be, and one that an identity provider makes of an address.
const staff = svc.as({ roles: ['admin'], subject: `${textOf(limits.subject, limits.subject.most - 2)}@x` })

const points = [{ kind: 'OTHER', value: 'v', country: 'DE' }]
const addresses = [{ lines: ['l'], city: 'c', region: 'r', postalCode: 'p', country: 'n' }]
const contactPeople = [{ name: 'n', role: 'r', contactPoints: points }]
const organization = { legalName: 'l', registrationNumber: 'r', industry: 'i', sizeBand: 's' }
const person = { familyName: 'f', givenName: 'g', identityNumber: 'i', incomeBand: 'b', occupation: 'o' }
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
const aPurchase = () => ({
  ...{ orderedAt: '2026-01-01T00:00:00Z', channel: 'c', paymentMethod: 'p', currency: 'EUR' },
  lines: [{ sku: 's', description: 'd', quantity: '1', unitPrice: '1' }],
})
const recorded = async (): Promise<string> =>
  (
    await staff.mutate('mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) { id } }', {
      input: { ...aPurchase(), customerId: await anId() },
    })
  ).recordPurchase.id
const aRow = () => ({ ...anOrganization(), idempotencyKey: undefined, externalId: randomUUID(), tags: ['t'] })
const aPurchaseRow = () => ({
  ...{ ...aPurchase(), externalId: randomUUID(), createMissingCustomer: true, customer: aRow() },
})

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

testLimits(profiles, svc, {
  scenarios: [
    { mutation: 'createCustomer', input: aPerson },
    { mutation: 'createCustomer', input: anOrganization },
    { mutation: 'updateCustomer', input: async () => ({ id: await anId(), ...plain(), displayName: 'd', person }) },
    {
      mutation: 'updateCustomer',
      input: async () => ({
        ...{ id: await created({ kind: 'ORGANIZATION', displayName: 'x' }), organization },
        ...{ contactPoints: points, addresses, contactPeople },
      }),
    },
    { mutation: 'tagCustomer', input: async () => ({ id: await anId(), tags: ['t'] }) },
    { mutation: 'untagCustomer', input: async () => ({ id: await anId(), tags: ['t'] }) },
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
        ...{ id: await recorded(), reason: 'r', channel: 'c', paymentMethod: 'p', lines: aPurchase().lines },
      }),
    },
    { mutation: 'voidPurchase', input: async () => ({ id: await recorded(), reason: 'r' }) },
    { mutation: 'importCustomers', input: () => ({ system: 'erp', rows: [aRow()] }), ...rows },
    { mutation: 'importPurchases', input: () => ({ system: 'erp', rows: [aPurchaseRow()] }), ...rows },
  ].map((scenario) => ({ ...scenario, as: staff })),
  // A colour has one form, and no limit beside.
  without: ['TagCustomerInput.color'],
  // No country has a name of that length.
  texts: { 'ContactPointInput.country': () => undefined },
  // A request has at most 10,000 values: full batches are of rows that say little.
  lists: {
    'ImportPurchasesInput.rows': (entries) =>
      Array.from({ length: entries }, () => ({
        ...{ ...aPurchase(), externalId: randomUUID(), createMissingCustomer: true },
        customer: { externalId: randomUUID(), kind: 'PERSON' },
      })),
  },
  bounds: {
    'customer.number': bound.characters(limits.key),
    'customer.display_name': bound.characters(limits.displayName),
    'purchase_line.discount': bound.value(limits.discount),
    'tag.key': bound.characters(limits.key),
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
