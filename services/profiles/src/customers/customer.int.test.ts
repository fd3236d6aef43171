import { randomUUID } from 'node:crypto'
import { customerCreated } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const statements: string[] = []
const svc = await startForTest(profiles, { onStatement: (sql) => statements.push(sql), queryCompiler: false })

const FIELDS = `id version number kind status displayName ownerId territory source origin { system externalId }
  person { familyName givenName gender birthDate occupation } organization { legalName registrationNumber industry sizeBand }
  contactPoints { id kind value normalized status } addresses { kind lines city region postalCode country countryName }
  contactPeople { name role contactPoints { kind normalized status } } tags { key name color }
  purchaseSummary { count total { amount currency } firstAt lastAt }`
const CREATE = `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { ${FIELDS} } }`
const CUSTOMER = `query ($id: ID!) { customer(id: $id) { ${FIELDS} } }`

const aPerson = (fields: object = {}) => ({
  kind: 'PERSON',
  person: { familyName: '王', givenName: '小明' },
  ...fields,
})
const manager = svc.as('manager')
const create = async (fields: object = {}, as = manager) =>
  (await as.mutate(CREATE, { input: aPerson(fields) })).createCustomer
const eventsOf = async (type: typeof customerCreated, id: string) => {
  await svc.relay()
  return (await svc.published(type)).filter((event) => event.id === id)
}

test('a customer with everything is stored as given, normalized, and announced without personal data', async () => {
  const input = {
    kind: 'ORGANIZATION',
    organization: {
      legalName: 'Alfreds Futterkiste',
      registrationNumber: 'HRB 1',
      industry: 'HOSPITALITY',
      sizeBand: 'FROM_50_TO_249',
    },
    ownerId: 'staff-7',
    territory: 'emea/de',
    source: 'web.shop',
    origin: { system: 'erp', externalId: 'ALFKI' },
    addresses: [
      { lines: ['Obere Str. 57'], city: 'Berlin', postalCode: '12209', country: 'Germany' },
      { country: '法国', kind: 'BILLING' },
    ],
    contactPoints: [
      { kind: 'EMAIL', value: ' Maria.Anders@Example.ORG ' },
      { kind: 'PHONE', value: '030-00' },
      { kind: 'PHONE', value: '030 901820' },
      { kind: 'WEB', value: 'example.org/shop' },
      { kind: 'WECHAT', value: 'alfreds' },
    ],
    contactPeople: [
      {
        name: 'Maria Anders',
        role: 'Sales Representative',
        contactPoints: [{ kind: 'MOBILE', value: '+86 138 0013 8000' }],
      },
    ],
    tags: ['VIP Kunde', '重点客户', 'vip kunde'],
  }
  const made = (await manager.mutate(CREATE, { input })).createCustomer
  expect(made).toMatchObject({
    version: 1,
    status: 'ACTIVE',
    displayName: 'Alfreds Futterkiste',
    person: null,
    organization: input.organization,
    origin: input.origin,
    addresses: [
      { kind: 'MAIN', lines: ['Obere Str. 57'], city: 'Berlin', region: null, country: 'DE', countryName: null },
      { kind: 'BILLING', country: 'FR', countryName: null },
    ],
    contactPoints: [
      { kind: 'EMAIL', value: 'Maria.Anders@Example.ORG', normalized: 'maria.anders@example.org', status: 'VALID' },
      { kind: 'PHONE', value: '030-00', normalized: null, status: 'INVALID' },
      { kind: 'PHONE', value: '030 901820', normalized: '+4930901820', status: 'VALID' },
      { kind: 'WEB', normalized: 'https://example.org/shop', status: 'VALID' },
      { kind: 'WECHAT', normalized: null, status: 'UNVERIFIED' },
    ],
    contactPeople: [{ name: 'Maria Anders', contactPoints: [{ normalized: '+8613800138000' }] }],
    tags: [
      { key: 'vip-kunde', name: 'vip kunde', color: null },
      { key: '重点客户', name: '重点客户' },
    ],
    purchaseSummary: { count: 0, total: null, firstAt: null, lastAt: null },
  })
  expect((await manager.query(CUSTOMER, { id: made.id })).customer).toEqual(made)
  const events = await eventsOf(customerCreated, made.id)
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({
    version: 1,
    number: made.number,
    ownerId: 'staff-7',
    territory: 'emea/de',
    tags: ['vip-kunde', '重点客户'],
  })
  expect(JSON.stringify(events)).not.toMatch(/Alfreds|Maria|example|13800138000|138 0013 8000/)
})

test('numbers count up per tenant and pass over those that people gave', async () => {
  const fresh = svc.as({ roles: ['manager'], tenant: 'numbers' })
  await create({ number: 'C-000002' }, fresh)
  const numbers = [(await create({}, fresh)).number, (await create({}, fresh)).number]
  expect(numbers).toEqual(['C-000001', 'C-000003'])
  await expect(create({ number: 'C-000003' }, fresh)).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'customer.number_taken',
  })
  expect((await fresh.query('{ customerByNumber(number: "C-000002") { number } }')).customerByNumber.number).toBe(
    'C-000002',
  )
})

test('customers who are entered at the same time all get numbers of their own', async () => {
  const busy = svc.as({ roles: ['sales'], tenant: 'busy' })
  const made = await Promise.all(Array.from({ length: 12 }, () => create({}, busy)))
  expect(new Set(made.map(({ number }) => number)).size).toBe(12)
  const same = await Promise.allSettled(Array.from({ length: 4 }, () => create({ number: 'X1' }, busy)))
  expect(same.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected'])
})

test.each([
  ['王', '小明', '王小明'],
  ['Anders', 'Maria', 'Maria Anders'],
  [null, 'مريم', 'مريم'],
  ['👩‍🔬', 'Zoë', 'Zoë 👩‍🔬'],
])('the name of %s, %s is %s', async (familyName, givenName, displayName) => {
  expect(await create({ person: { familyName, givenName } })).toMatchObject({ displayName })
})

test('all faults of an input are reported together, with their paths', async () => {
  const input = aPerson({
    number: 'A B',
    person: { familyName: 'x'.repeat(101), birthDate: '2999-01-01' },
    organization: { legalName: 'No' },
    territory: '',
    contactPoints: [
      { kind: 'EMAIL', value: 'nobody' },
      { kind: 'PHONE', value: 'x' },
      { kind: 'PHONE', value: 'x' },
    ],
    addresses: [{}],
    tags: [' '],
    origin: { system: 'a b', externalId: '' },
  })
  const error = await manager.mutate(CREATE, { input }).catch((thrown) => thrown)
  expect(error).toMatchObject({ code: 'INVALID', fields: expect.anything() })
  expect(
    error.fields.map(({ path, reason }: { path: string; reason: string }) => `${path} ${reason}`).toSorted(),
  ).toEqual([
    'input.addresses.0 address.empty',
    'input.contactPoints.0.value contact_point.email',
    'input.contactPoints.2 list.repeated',
    'input.number key.malformed',
    'input.organization customer.kind_mismatch',
    'input.origin.externalId text.required',
    'input.origin.system key.malformed',
    'input.person.birthDate date.out_of_range',
    'input.person.familyName text.too_long',
    'input.tags.0 text.required',
    'input.territory text.required',
  ])
})

test.each([
  ['no name at all', { person: null }, 'input.displayName', 'customer.nameless'],
  ['contact people of a person', { contactPeople: [{ name: 'x' }] }, 'input.contactPeople', 'customer.kind_mismatch'],
  ['too many tags', { tags: Array.from({ length: 51 }, (_, i) => `t${i}`) }, 'input.tags', 'list.too_long'],
  [
    'two numbers in one value',
    { contactPoints: [{ kind: 'PHONE', value: '089 12345670, 089 12345671', country: 'DE' }] },
    'input.contactPoints.0.value',
    'contact_point.several',
  ],
  [
    'a number and its extension a second time',
    {
      contactPoints: [
        { kind: 'PHONE', value: '+49 89 12345670 ext. 12' },
        { kind: 'PHONE', value: '089 12345670 x12', country: 'DE' },
      ],
    },
    'input.contactPoints.1',
    'list.repeated',
  ],
  ['control characters', { displayName: 'a\u0000b' }, 'input.displayName', 'text.malformed'],
])('%s is refused', async (_, fields, path, reason) => {
  await expect(create(fields)).rejects.toMatchObject({ code: 'INVALID', fields: [{ path, reason }] })
})

test('two extensions of one number are two contact points', async () => {
  const values = ['+49 89 12345670 ext. 12', '+49 89 12345670 ext. 13', '+49 89 12345670']
  const { id } = await create({ contactPoints: values.map((value) => ({ kind: 'PHONE', value })) })
  const { customer } = await manager.query(
    'query ($id: ID!) { customer(id: $id) { contactPoints { value normalized } } }',
    {
      id,
    },
  )
  expect(customer.contactPoints).toEqual([
    { value: values[0], normalized: '+498912345670;ext=12' },
    { value: values[1], normalized: '+498912345670;ext=13' },
    { value: values[2], normalized: '+498912345670' },
  ])
})

test('an idempotency key makes one customer, and an origin is taken once', async () => {
  const origin = { system: 'crm', externalId: randomUUID() }
  const input = aPerson({ idempotencyKey: randomUUID(), origin })
  const as = svc.as({ roles: ['sales'], subject: randomUUID() })
  const [a, b] = await Promise.all([as.mutate(CREATE, { input }), as.mutate(CREATE, { input })])
  expect(a.createCustomer.id).toBe(b.createCustomer.id)
  await expect(create({ origin })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'customer.origin_taken',
  })
  const { customerByOrigin } = await manager.query(
    'query ($system: String!, $externalId: String!) { customerByOrigin(system: $system, externalId: $externalId) { id } }',
    origin,
  )
  expect(customerByOrigin.id).toBe(a.createCustomer.id)
})

test('references of many customers, with tags and summaries, cost one statement each', async () => {
  const as = svc.as({ roles: ['manager'], tenant: 'batch' })
  const made = []
  for (let i = 0; i < 6; i++) made.push(await create({ tags: ['a', `b${i}`] }, as))
  statements.length = 0
  const { _entities } = await as.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id displayName tags { name } purchaseSummary { count } purchases(first: 2) { nodes { id } totalCount } } } }`,
    { r: made.map(({ id }) => ({ __typename: 'Customer', id })) },
  )
  expect(_entities).toEqual(
    made.map(({ id }, i) => ({
      id,
      displayName: '王小明',
      tags: [{ name: 'a' }, { name: `b${i}` }],
      purchaseSummary: { count: 0 },
      purchases: { nodes: [], totalCount: 0 },
    })),
  )
  expect(statements.filter((sql) => /\b(from|join)\b/i.test(sql))).toHaveLength(5)
})
