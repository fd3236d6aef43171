import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)
const admin = svc.as('admin')
const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const FIELDS = `id redactedFields number kind status displayName ownerId territory source origin { system externalId } tags { key name }
  person { familyName givenName gender birthDate identityNumber incomeBand occupation }
  organization { legalName registrationNumber industry sizeBand }
  contactPoints { kind value normalized status }
  addresses { kind lines city region postalCode country countryName formatted }
  contactPeople { name role contactPoints { kind value normalized status } }`
const CUSTOMER = `query ($id: ID!) { customer(id: $id) { ${FIELDS} } }`

const points = [{ kind: 'PHONE', value: '+49 30 901820' }]
const addresses = [
  { lines: ['Obere Str. 57'], city: 'Berlin', region: 'BE', postalCode: '12209', country: 'DE' },
  { country: 'Ruritania' },
]
const enter = async (input: object) => (await admin.mutate(CREATE, { input })).createCustomer.id as string
const person = await enter({
  kind: 'PERSON',
  person: {
    familyName: '王',
    givenName: '小明',
    gender: 'MALE',
    birthDate: '1990-02-03',
    identityNumber: '110101199002030017',
    incomeBand: '50-75k',
    occupation: 'Arzt',
  },
  contactPoints: points,
  tags: ['VIP'],
})
const organization = await enter({
  kind: 'ORGANIZATION',
  organization: {
    legalName: 'Alfreds',
    registrationNumber: 'HRB 1',
    industry: 'HOSPITALITY',
    sizeBand: 'FROM_50_TO_249',
  },
  contactPoints: points,
  contactPeople: [{ name: 'Maria', role: 'Buyer', contactPoints: points }],
  origin: { system: 'erp', externalId: 'ALFKI' },
})
// Only an import keeps a country that nobody knows.
await admin.mutate('mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { updated } }', {
  input: { system: 'erp', rows: [{ externalId: 'ALFKI', kind: 'ORGANIZATION', addresses }] },
})

const PERSONAL = [
  'displayName',
  'person.familyName',
  'person.givenName',
  'person.occupation',
  'organization.legalName',
  'contactPoints.value',
  'contactPoints.normalized',
  'addresses.lines',
  'addresses.city',
  'addresses.region',
  'addresses.postalCode',
  'addresses.country',
  'addresses.countryName',
  'addresses.formatted',
  'contactPeople.name',
  'contactPeople.role',
  'contactPeople.contactPoints.value',
  'contactPeople.contactPoints.normalized',
]
const SENSITIVE = ['person.birthDate', 'person.identityNumber', 'person.incomeBand', 'organization.registrationNumber']

/** Every value at a path, those in lists too. */
const valuesAt = (from: any, [field, ...rest]: string[]): unknown[] => {
  if (from == null) return []
  if (Array.isArray(from)) return from.flatMap((each) => valuesAt(each, [field as string, ...rest]))
  return rest.length ? valuesAt(from[field as string], rest) : [from[field as string]]
}

test.each([
  ['admin', []],
  ['manager', []],
  ['privacy_officer', []],
  ['sales', SENSITIVE],
  ['service', SENSITIVE],
  ['service_account', SENSITIVE],
  ['analyst', [...PERSONAL, ...SENSITIVE]],
  ['partner', [...PERSONAL, ...SENSITIVE]],
])('to a %s hidden are %j, and nothing else', async (role, hidden) => {
  for (const id of [person, organization]) {
    const whole = (await admin.query(CUSTOMER, { id })).customer
    const { customer } = await svc.as(role).query(CUSTOMER, { id })
    expect(customer.redactedFields.toSorted()).toEqual(hidden.toSorted())
    for (const path of [...PERSONAL, ...SENSITIVE]) {
      const [seen, there] = [valuesAt(customer, path.split('.')), valuesAt(whole, path.split('.'))]
      expect([path, seen]).toEqual([path, hidden.includes(path) ? there.map(() => null) : there])
    }
    for (const field of ['number', 'kind', 'status', 'ownerId', 'territory', 'source', 'origin', 'tags']) {
      expect(customer[field]).toEqual(whole[field])
    }
  }
})

test('every class has a value that can be hidden', async () => {
  const found = [person, organization].map(async (id) => (await admin.query(CUSTOMER, { id })).customer)
  const whole = await Promise.all(found)
  for (const path of [...PERSONAL, ...SENSITIVE]) {
    expect([path, valuesAt(whole, path.split('.')).some((value) => value != null)]).toEqual([path, true])
  }
})

const LIST = `query ($filter: CustomerFilter, $orderBy: CustomerOrder) { customers(filter: $filter, orderBy: $orderBy) { totalCount } }`
const probes: [string, string, string, object, string][] = [
  ['an analyst', 'analyst', LIST, { filter: { displayName: { contains: '王' } } }, 'filter.displayName'],
  [
    'an analyst',
    'analyst',
    LIST,
    { filter: { and: [{}, { not: { or: [{ displayName: { eq: 'x' } }] } }] } },
    'filter.and.1.not.or.0.displayName',
  ],
  ['a sales person', 'sales', LIST, { filter: { identityNumber: { eq: 'x' } } }, 'filter.identityNumber'],
  [
    'an analyst',
    'analyst',
    LIST,
    { filter: { or: [{ registrationNumber: { eq: 'x' } }] } },
    'filter.or.0.registrationNumber',
  ],
  ['a partner', 'partner', LIST, { orderBy: { field: 'DISPLAY_NAME' } }, 'orderBy.field'],
  [
    'a sales person',
    'sales',
    CREATE,
    { input: { kind: 'PERSON', displayName: 'x', person: { identityNumber: 'x' } } },
    'input.person.identityNumber',
  ],
  [
    'a service agent',
    'service',
    'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { id } }',
    { input: { id: organization, organization: { registrationNumber: null } } },
    'input.organization.registrationNumber',
  ],
]
test.each(probes)('%s (%s) cannot ask or write by what is hidden', async (_, role, document, variables, path) => {
  await expect(svc.as(role).query(document, variables)).rejects.toMatchObject({
    code: 'FORBIDDEN',
    reason: 'field.hidden',
    fields: [{ path, reason: 'field.hidden' }],
  })
})

test('an update by somebody who sees less than there is leaves what they do not see', async () => {
  await svc.as('sales').mutate('mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { id } }', {
    input: { id: person, person: { occupation: 'Ärztin' } },
  })
  expect((await admin.query(CUSTOMER, { id: person })).customer.person).toMatchObject({
    birthDate: '1990-02-03',
    identityNumber: '110101199002030017',
    occupation: 'Ärztin',
  })
})

test('who has no role sees nothing', async () => {
  for (const document of ['{ customers { totalCount } }', '{ tags { key } }', '{ purchaseTotals { sales } }']) {
    await expect(svc.as('stranger').query(document)).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'role' })
  }
  const r = [{ __typename: 'Customer', id: person }]
  expect(
    await svc
      .as('stranger')
      .query('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id } } }', { r }),
  ).toEqual({ _entities: [null] })
})
