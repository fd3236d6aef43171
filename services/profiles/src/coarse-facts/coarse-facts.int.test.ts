import { customerCreated, customerUpdated } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

let now = new Date('2026-03-31T23:59:00Z')
const svc = await startForTest(profiles, { now: () => now })
const [manager, analyst] = ['manager', 'analyst'].map((role) => svc.as({ roles: [role], tenant: 'coarse' })) as [
  ReturnType<typeof svc.as>,
  ReturnType<typeof svc.as>,
]
const job = svc.jobs.find(({ name }) => name === 'profiles-age-bands')!

const FACTS = `id version number ageBand location { country region city } person { gender } organization { industry sizeBand }`
const CREATE = `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { ${FACTS} } }`
const UPDATE = `mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { ${FACTS} } }`
const READ = `query ($id: ID!) { customer(id: $id) { ${FACTS} } }`
const FIND = `query ($filter: CustomerFilter) { customers(filter: $filter, first: 100) { nodes { number } totalCount } }`
const create = async (input: object, as = manager) => (await as.mutate(CREATE, { input })).createCustomer
const update = async (input: object) => (await manager.mutate(UPDATE, { input })).updateCustomer
const read = async (id: string, as = analyst) => (await as.query(READ, { id })).customer
const find = async (filter: object, as = analyst) => {
  const { nodes, totalCount } = (await as.query(FIND, { filter })).customers
  expect(totalCount).toBe(nodes.length)
  return nodes.map(({ number }: { number: string }) => number)
}
const admin = (tenant: string) =>
  svc.context({ subject: 's', roles: ['admin'], tenant, territories: [''], scopes: [], kind: 'person' })
const rows = (sql: string, tenant = 'coarse') =>
  admin(tenant).transaction((tx) => tx.em.execute<Record<string, unknown>[]>(sql))

const person = (number: string, fields: object, address?: object) => ({
  ...{ kind: 'PERSON', number, person: { familyName: number, ...fields } },
  ...(address && { addresses: [address, { kind: 'OTHER', city: 'Elsewhere', country: 'FR' }] }),
})
const firm = (number: string, fields: object, address?: object) => ({
  ...{ kind: 'ORGANIZATION', number, organization: { legalName: number, ...fields } },
  ...(address && { addresses: [address] }),
})
await create(person('p1', { gender: 'FEMALE', birthDate: '1990-05-17' }, { country: 'Germany', city: 'München' }))
await create(
  person('p2', { gender: 'MALE', birthDate: '2008-03-01' }, { country: '中国', region: '广东省', city: '深圳' }),
)
await create(person('p3', { gender: 'OTHER', birthDate: '1950-12-31' }, { lines: ['a street'], city: 'القاهرة 🏙' }))
await create(person('p4', {}))
await create(
  firm('f1', { industry: 'TRADE', sizeBand: 'FROM_250' }, { country: 'DE', region: 'Bayern', city: 'München' }),
)
await create(firm('f2', { industry: 'HEALTH', sizeBand: 'FROM_1_TO_9' }))

test.each(['Germany', 'de', 'ZZ', ''])('a filter by the country %j, which is no code, is refused', async (country) => {
  for (const condition of [{ eq: country }, { in: ['DE', country] }]) {
    await expect(find({ country: condition })).rejects.toMatchObject({ code: 'INVALID', reason: 'scalar.CountryCode' })
  }
})

test.each<[object, string[]]>([
  [{ country: { eq: 'DE' } }, ['f1', 'p1']],
  [{ country: { in: ['CN', 'FR'] } }, ['p2']],
  [{ region: { eq: '广东省' } }, ['p2']],
  [{ city: { eq: ' München ' } }, ['f1', 'p1']],
  [{ city: { startsWith: 'القا' } }, ['p3']],
  [{ city: { contains: '🏙' } }, ['p3']],
  [{ industry: { eq: 'TRADE' } }, ['f1']],
  [{ sizeBand: { in: ['FROM_250', 'FROM_1_TO_9'] } }, ['f1', 'f2']],
  [{ ageBand: { eq: 'FROM_35_TO_44' } }, ['p1']],
  [{ ageBand: { in: ['FROM_18_TO_24', 'FROM_65'] } }, ['p2', 'p3']],
  [{ gender: { eq: 'FEMALE' } }, ['p1']],
  [{ not: { gender: { eq: 'FEMALE' } }, kind: { eq: 'PERSON' } }, ['p2', 'p3', 'p4']],
  [{ not: { ageBand: { in: ['FROM_65', 'FROM_18_TO_24'] } } }, ['f1', 'f2', 'p1', 'p4']],
  [{ or: [{ city: { eq: '深圳' } }, { industry: { eq: 'HEALTH' } }] }, ['f2', 'p2']],
])('an analyst finds by %j the customers %j', async (filter, expected) => {
  expect(await find(filter)).toEqual(expected)
})

test('customers of another tenant are not found', async () => {
  expect(await find({ country: { eq: 'DE' } }, svc.as({ roles: ['analyst'], tenant: 'other' }))).toEqual([])
})

test('coarse facts follow the details and the first address, and the events tell them', async () => {
  const made = await create(person('m1', { gender: 'MALE', birthDate: '1990-05-17' }, { country: 'DE', city: 'Kiel' }))
  expect(made).toMatchObject({ ageBand: 'FROM_35_TO_44', location: { country: 'DE', region: null, city: 'Kiel' } })
  const { id } = made
  const changed = await update({ id, person: { gender: null, birthDate: null } })
  expect(changed).toMatchObject({ ageBand: null, person: { gender: null } })
  await manager.mutate('mutation ($input: ReplaceAddressesInput!) { replaceAddresses(input: $input) { id } }', {
    input: { customerId: id, addresses: [{ region: 'Bretagne' }, { city: 'Kiel' }] },
  })
  expect((await read(id)).location).toEqual({ country: null, region: 'Bretagne', city: null })
  await svc.relay()
  const created = (await svc.published(customerCreated)).find((data) => data.id === id)
  expect(created).toMatchObject({ ageBand: 'FROM_35_TO_44', country: 'DE', region: null, city: 'Kiel', gender: 'MALE' })
  const updated = (await svc.published(customerUpdated)).filter((data) => data.id === id)
  expect(updated).toMatchObject([
    {
      ageBand: null,
      gender: null,
      changedFields: expect.arrayContaining(['ageBand', 'person.birthDate', 'person.gender']),
    },
    { country: null, region: 'Bretagne', city: null, changedFields: ['addresses'] },
  ])
  expect(JSON.stringify([created, updated])).not.toMatch(/1990|05-17/)
})

test('age bands follow the month, once, also when it was slept through, and nothing tells a birthday', async () => {
  const tenant = 'months'
  const as = svc.as({ roles: ['manager'], tenant })
  const ageOf = async (id: string) => read(id, svc.as({ roles: ['analyst'], tenant }))
  const made = await create(person('a', { birthDate: '2001-05-20' }), as)
  const other = await create(person('b', { birthDate: '1980-01-01' }), as)
  expect(made.ageBand).toBe('FROM_18_TO_24')
  const events = async () => {
    await svc.relay()
    return (await svc.published(customerUpdated)).filter(({ id }) => [made.id, other.id].includes(id))
  }
  now = new Date('2026-05-21T12:00:00Z')
  while (await job.run());
  expect(await ageOf(made.id)).toMatchObject({ ageBand: 'FROM_18_TO_24', version: 1 })
  expect(await events()).toEqual([])
  now = new Date('2026-08-02T03:00:00Z')
  while (await job.run());
  while (await job.run());
  expect(await ageOf(made.id)).toMatchObject({ ageBand: 'FROM_25_TO_34', version: 2 })
  expect(await events()).toMatchObject([{ id: made.id, ageBand: 'FROM_25_TO_34', changedFields: ['ageBand'] }])
  expect(await rows('select * from age_band_run', tenant)).toEqual([
    expect.objectContaining({ next_month: null, written_to: null }),
  ])
})

test('customers of before are given their bands, and their coarse facts are told once', async () => {
  const tenant = 'before'
  const as = svc.as({ roles: ['manager'], tenant })
  const input = person('x', { birthDate: '1990-05-17', gender: 'FEMALE' }, { city: 'Kiel' })
  const { id } = await create(input, as)
  const plain = await create(person('y', {}), as)
  await rows('update age_band_run set month = null', tenant)
  await rows('update customer set age_band = null', tenant)
  while (await job.run());
  while (await job.run());
  expect((await read(id, as)).ageBand).toBe('FROM_35_TO_44')
  await svc.relay()
  const told = (await svc.published(customerUpdated)).filter((data) => [id, plain.id].includes(data.id))
  expect(told).toMatchObject([{ id, version: 2, city: 'Kiel', gender: 'FEMALE', ageBand: 'FROM_35_TO_44' }])
  expect(told[0]?.changedFields.toSorted()).toEqual(['addresses', 'ageBand', 'person.gender'])
})

test('more customers than one transaction takes are all brought to their bands', async () => {
  const tenant = 'many'
  const as = svc.as({ roles: ['admin'], tenant })
  const rowsOf = (from: number) =>
    Array.from({ length: 150 }, (_, at) => ({
      externalId: `${from + at}`,
      ...person(`n${from + at}`, { birthDate: '1990-05-17' }),
    }))
  for (const from of [0, 150]) {
    const { importCustomers } = await as.mutate(
      'mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { created rejected } }',
      { input: { system: 'erp', rows: rowsOf(from) } },
    )
    expect(importCustomers).toEqual({ created: 150, rejected: 0 })
  }
  await rows(`update age_band_run set month = '2020-01-01'`, tenant)
  await rows(`update customer set age_band = 'FROM_25_TO_34'`, tenant)
  while (await job.run());
  expect(await rows('select age_band, count(*)::int as n from customer group by 1', tenant)).toEqual([
    { age_band: 'FROM_35_TO_44', n: 300 },
  ])
})

test('each filter on a coarse fact has an index that starts with the tenant', async () => {
  const found = await rows(`select indexdef from pg_indexes where tablename = 'customer'`)
  const facts = ['country', 'region', 'city', 'industry', 'size_band', 'age_band', 'gender']
  for (const fact of facts) {
    expect(found.some(({ indexdef }) => String(indexdef).includes(`(tenant, ${fact}, number, id)`))).toBe(true)
  }
})
