import { actors, compiledBeside, createOperations, createRandom, now, seed } from '@clientele/query-compiler/equality'
import { startForTest, type TestActor } from '@clientele/testkit'
import pg from 'pg'
import { seedIntegrations } from '../fixture/integrations.seed.js'
import { deliveryReads } from './deliveries/delivery.read.js'
import { externalRefReads } from './external-refs/external-ref.read.js'
import { integrations } from './service.js'
import { createdReads } from './staff/created.js'
import { webhookEndpointReads } from './webhook-endpoints/webhook-endpoint.read.js'

const random = createRandom(seed)
const svc = await startForTest(integrations, { now: () => now, queryCompiler: false })
const reads = [...externalRefReads, ...webhookEndpointReads, ...deliveryReads, ...createdReads]
const { schema, compiled, compare, compareMany, measure, statementsOf } = compiledBeside(svc, integrations, reads)
const ids = { acme: await seedIntegrations(svc, 'acme', random), globex: await seedIntegrations(svc, 'globex', random) }
const [admin, manager, sales] = actors as [TestActor, TestActor, TestActor]

test('random operations get the ordinary answers', async () => {
  const operations = createOperations({
    schema,
    random,
    rare: new Set(['secret']),
    arguments: {
      first: ['0', '1', '2', '20'],
      'webhookEndpoints.filter': ['{ status: { eq: ACTIVE } }', '{ url: { startsWith: "HTTPS" } }'],
      'webhookEndpoints.orderBy': ['{ field: URL, direction: DESC }'],
      'deliveries.filter': ['{ cause: { in: [TEST] } }', '{ not: { eventType: { contains: "x" } } }'],
    },
  })
  const counts = await compareMany(random, (tenant) => {
    const own = ids[tenant as 'acme']
    const kind = random.below(10)
    if (kind === 0) return operations('webhookEndpoint', 'WebhookEndpoint', { id: ['ID!', random.one(own.endpoints)] })
    if (kind === 1) return operations('delivery', 'Delivery', { id: ['ID!', random.one(own.deliveries)] })
    if (kind === 2) {
      return operations('webhookEndpoints', 'WebhookEndpointConnection', { first: ['Int!', random.below(30)] })
    }
    const ref = random.one(own.refs)
    if (kind < 5) {
      return operations('externalRef', 'ExternalRef', {
        system: ['String!', ref.system],
        externalId: ['String!', ref.externalId],
      })
    }
    const type = random.one(['Customer', 'Customer', 'Customer', 'ExternalRef', 'WebhookEndpoint'])
    const from = { Customer: own.customers, ExternalRef: own.refs.map(({ id }) => id), WebhookEndpoint: own.endpoints }[
      type
    ]!
    const r = random.some(from, random.one([1, 1, 4])).map((id) => ({ __typename: type, id }))
    return operations('_entities', type, { representations: ['[_Any!]!', r] })
  })
  expect(counts.equal).toBeGreaterThan(50)
  expect(counts.unmapped / counts.equal).toBeLessThan(0.5)
})

const REF = `query ($system: String!, $externalId: String!, $entityType: ExternalEntityType! = CUSTOMER) {
  externalRef(system: $system, externalId: $externalId, entityType: $entityType) { id url customer { id } } }`
test('a link is found by what the outside system calls it, by whoever reaches its customer', async () => {
  const found = { equal: 0, unmapped: 0, refused: 0 }
  for (const { id, ...variables } of ids.acme.refs) {
    expect(await compare(admin, { query: REF, variables })).toBe('equal')
    expect((await compiled(admin, { query: REF, variables })).externalRef.id).toBe(id)
    found[await compare(manager, { query: REF, variables })]++
    expect((await compiled(actors[5]!, { query: REF, variables }))?.externalRef.id).not.toBe(id)
  }
  expect(found).toMatchObject({ equal: expect.any(Number), unmapped: 0, refused: expect.any(Number) })
  expect(Math.min(found.equal, found.refused)).toBeGreaterThan(0)
})

test.each(['no such', '', 'a\0b', '😀'])(
  'a record that nobody has linked is left to the ordinary resolvers: %j',
  async (externalId) => {
    expect(await compare(admin, { query: REF, variables: { system: 'erp', externalId } })).toBe('refused')
  },
)

const REFS =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { externalRefs { system externalId } } } }'
test('what a 360° view asks is one statement, of at most 100 links', async () => {
  const operations = ids.acme.customers.map((id) => ({
    query: REFS,
    variables: { r: [{ __typename: 'Customer', id }] },
  }))
  expect(await statementsOf(admin, operations)).toBe(1)
  expect((await compiled(admin, operations[1]!))._entities[0].externalRefs).toHaveLength(100)
  await measure(admin, operations)
})

// Knowing the tables, and without nested loops, PostgreSQL hashes the links and would give them in another order.
test('links are in their order however they are joined to the customers in the access scope', async () => {
  const owner = new pg.Client({ connectionString: svc.urls.ownerUrl })
  await owner.connect()
  await owner.query('analyze customer, external_ref').finally(() => owner.end())
  const other = compiledBeside(svc, integrations, reads, 'enable_nestloop=off')
  const found = new Set<string>()
  for (const id of ids.acme.customers) {
    found.add(await other.compare(sales, { query: REFS, variables: { r: [{ __typename: 'Customer', id }] } }))
  }
  expect(found).toContain('equal')
})
