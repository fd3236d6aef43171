import { computed, type Reads, reads } from '@clientele/query-compiler'
import {
  actors,
  compiledBeside,
  createOperations,
  createQueryCompiler,
  createRandom,
  now,
  seed,
} from '@clientele/query-compiler/equality'
import { startForTest } from '@clientele/testkit'
import { parse } from 'graphql'
import { seedProfiles } from '../fixture/profiles.seed.js'
import { addressReads } from './addresses/address.read.js'
import { createdReads } from './creators/created.js'
import { customerReads } from './customers/customer.read.js'
import { staffReads } from './directory/staff.read.js'
import { purchaseReads } from './purchases/purchase.read.js'
import { profiles } from './service.js'

const random = createRandom(seed)
const svc = await startForTest(profiles, { now: () => now, queryCompiler: false })
const declared = [customerReads, addressReads, purchaseReads, staffReads, createdReads].flat()
const beside = compiledBeside(svc, profiles, declared)
const { schema, sessions, compiled, ordinary, compare, compareMany, measure } = beside
const ids = { acme: await seedProfiles(svc, 'acme', random), globex: await seedProfiles(svc, 'globex', random) }
const [admin, , sales] = actors as [(typeof actors)[0], unknown, (typeof actors)[0]]

test('random operations get the ordinary answers', async () => {
  const operations = createOperations({
    schema,
    random,
    rare: new Set(['birthDate', 'identityNumber', 'incomeBand', 'registrationNumber']),
    arguments: {
      first: ['0', '1', '2', '20'],
      'purchases.filter': [
        '{ status: { eq: RECORDED } }',
        '{ not: { status: { in: [RECORDED] } } }',
        '{ or: [{ kind: { eq: CANCELLATION } }, { not: { channel: { startsWith: "WEB" } } }] }',
      ],
    },
  })
  const counts = await compareMany(random, (tenant) => {
    const own = ids[tenant as 'acme']
    const kind = random.below(7)
    if (kind === 5) return operations('staff', 'StaffConnection', { first: ['Int!', random.below(30)] })
    if (kind === 6) {
      const r = random.some(own.staff, 2).map((id) => ({ __typename: 'Staff', id }))
      return operations('_entities', 'Staff', { representations: ['[_Any!]!', r] })
    }
    if (kind === 2) return operations('customers', 'CustomerConnection', { first: ['Int!', random.below(30)] })
    if (kind === 0) return operations('customer', 'Customer', { id: ['ID!', random.one(own.customers)] })
    if (kind === 1) return operations('purchase', 'Purchase', { id: ['ID!', random.one(own.purchases)] })
    const [type, from] = random.one([
      ['Customer', own.customers],
      ['Purchase', own.purchases],
    ] as const)
    const r = random.some(from, random.one([1, 1, 4])).map((id) => ({ __typename: type, id }))
    return operations('_entities', type, { representations: ['[_Any!]!', r] })
  })
  expect(counts.equal).toBeGreaterThan(50)
  expect(counts.unmapped / counts.equal).toBeLessThan(1)
})

const SENSITIVE = 'query ($id: ID!) { customer(id: $id) { kind redactedFields person { familyName birthDate } } }'
test('a sensitive field is null for whom it is hidden from, and left to the ordinary resolvers for others', async () => {
  for (const id of ids.acme.customers) {
    expect(await compiled(admin, { query: SENSITIVE, variables: { id } })).toBeUndefined()
    const salesOfAll = { ...sales, territories: [''] }
    expect(await compare(salesOfAll, { query: SENSITIVE, variables: { id } })).toBe('equal')
  }
})

const NAMES =
  'query { customers(first: 100) { nodes { displayName redactedFields person { familyName } contactPoints { value } } } }'
test('whoever sees more of what one of their roles reaches sees it there only', async () => {
  const actor = actors[3]!
  expect(await compare(actor, { query: NAMES, variables: {} })).toBe('equal')
  const { nodes } = (await compiled(actor, { query: NAMES, variables: {} })).customers
  const hidden = nodes.map(({ redactedFields }: { redactedFields: string[] }) => redactedFields.length)
  expect(new Set(hidden).size).toBe(2)
})

test('one statement serves everybody of an authorization profile, and tells nobody what it said to another', async () => {
  const query =
    'query ($id: ID!, $first: Int!) { customer(id: $id) { id number purchases(first: $first) { nodes { id } } } }'
  const asked = ids.acme.customers.flatMap((id) => [1, 3].map((first) => ({ query, variables: { id, first } })))
  await Promise.all(asked.map(async (operation) => expect(await compare(admin, operation)).toBe('equal')))
})

const PROFILE = `query ($id: ID!) { customer(id: $id) { id number kind displayName contactPoints { kind value } tags { name }
  purchaseSummary { count total { amount currency } firstAt lastAt } } }`
test('what a 360° view asks is read faster', async () => {
  const operations = ids.acme.customers.map((id) => ({ query: PROFILE, variables: { id } }))
  for (const operation of operations) expect(await compare(admin, operation)).toBe('equal')
  await measure(admin, operations)
})

test('where a value is missing that must not be, the ordinary resolvers tell what is wrong', async () => {
  const [id] = ids.acme.customers
  await svc.database
    .fork({ subject: 'seed', roles: [], tenant: 'acme', territories: [], kind: 'person' }, now)
    .transactional((em) =>
      em.execute(`update customer set contact_points = '[{"id": "1"}, null, 7]' where id = ?`, [id]),
    )
  expect(await compiled(admin, { query: PROFILE, variables: { id } })).toBeUndefined()
  expect((await ordinary(admin, { query: PROFILE, variables: { id } })).errors?.[0]?.path).toContain('contactPoints')
})

test('no more statements are kept than was said', async () => {
  const few = createQueryCompiler({
    service: profiles,
    schema,
    orm: svc.database.orm,
    reads: customerReads,
    sessions,
    most: 3,
  })
  const actor = await svc.verifier.verify(await svc.issuer.token(admin), {})
  const [, id] = ids.acme.customers
  for (let at = 0; at < 9; at++) {
    const document = parse(`query ($id: ID!) { customer(id: $id) { name${at}: number } }`)
    const answer = await few.read({ document, variables: { id } }, actor, now)
    expect(answer).toMatchObject({ root: 'customer', keys: [`name${at}`], rows: [['"C-000001"']] })
    expect(few.statements).toBe(Math.min(at + 1, 3))
  }
})

test('for somebody without a tenant nothing is read', async () => {
  const document = parse('query ($id: ID!) { customer(id: $id) { id } }')
  const actor = await svc.verifier.verify(await svc.issuer.token(admin), {})
  const variables = { id: ids.acme.customers[1] }
  expect(await beside.model.read({ document, variables }, actor, now)).toBeDefined()
  expect(await beside.model.read({ document, variables }, { ...actor, tenant: '' }, now)).toBeUndefined()
  expect(await beside.model.read({ document, variables }, { ...actor, tenant: 'globex' }, now)).toBeUndefined()
})

test('an object may have any number of fields', async () => {
  for (const length of [50, 51, 100, 101, 240]) {
    const fields = Array.from({ length }, (_, at) => `n${at}: ${at % 3 ? 'number' : 'source'}`)
    const query = `query { customers(first: 2) { nodes { ${fields.join(' ')} } } }`
    expect(await compare(admin, { query, variables: {} })).toBe('equal')
  }
})

test('what code makes of a stored object is the same as from the resolvers, in one of many entities and beside what is like it', async () => {
  const fields = 'a: addresses { formatted lines } displayName addresses { id x: formatted y: formatted }'
  const some = 'query ($first: Int!) { customers(first: $first) { nodes { id ADDRESSES } } }'.replace(
    'ADDRESSES',
    fields,
  )
  const r = ids.acme.customers.map((id) => ({ __typename: 'Customer', id }))
  const entities = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { ${fields} } } }`
  for (const actor of actors) {
    const first = Math.min(ids.acme.customers.length, 100)
    expect(await compare(actor, { query: some, variables: { first } })).toBe('equal')
  }
  expect(await compare(admin, { query: entities, variables: { r } })).toBe('equal')
  const { customers } = await compiled(admin, { query: some, variables: { first: 20 } })
  const formatted = customers.nodes.flatMap(({ a }: { a: { formatted: string[] }[] }) =>
    a.map((each) => each.formatted),
  )
  expect(new Set(formatted.map((lines: string[]) => lines.at(-1))).size).toBeGreaterThan(2)
})

test('an operation that cannot be mapped is remembered, and answered by none', async () => {
  const query = 'query ($text: String!) { searchCustomers(text: $text) { __typename } tags { key } }'
  expect(await compiled(admin, { query, variables: { text: 'ab' } })).toBeUndefined()
})

test('a read about a field that is none is refused at the start', () => {
  const wrong = reads('Customer', { shoeSize: computed(() => '1') })
  const create = (declared: Reads[]) => () =>
    createQueryCompiler({ service: profiles, schema, orm: svc.database.orm, reads: declared, sessions })
  expect(create([wrong])).toThrow('Customer.shoeSize, which is no field')
  expect(create([...customerReads, ...customerReads])).toThrow('two reads are about Customer.origin')
})
