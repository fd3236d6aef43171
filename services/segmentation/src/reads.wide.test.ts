import {
  actors,
  compiledBeside,
  createOperations,
  createRandom,
  type Generated,
  now,
  seed,
} from '@clientele/query-compiler/equality'
import { startForTest } from '@clientele/testkit'
import { seedSegmentation } from '../fixture/segmentation.seed.js'
import { customerReads } from './customer/customer.read.js'
import { factsReads } from './facts/facts.read.js'
import { membershipReads } from './memberships/membership.read.js'
import { rfmReads } from './rfm/rfm.read.js'
import { segmentReads } from './segments/segment.read.js'
import { segmentation } from './service.js'
import { createdReads } from './staff/created.js'

const random = createRandom(seed)
const svc = await startForTest(segmentation, { now: () => now, queryCompiler: false })
const reads = [...segmentReads, ...membershipReads, ...factsReads, ...rfmReads, ...customerReads, ...createdReads]
const { schema, compiled, compare, compareMany, measure, statementsOf } = compiledBeside(svc, segmentation, reads)
const ids = { acme: await seedSegmentation(svc, 'acme', random), globex: await seedSegmentation(svc, 'globex', random) }
const [admin, manager] = actors as [(typeof actors)[0], (typeof actors)[0]]

test('random operations get the ordinary answers', async () => {
  const operations = createOperations({
    schema,
    random,
    rare: new Set(),
    arguments: {
      first: ['0', '1', '2', '20'],
      'segments.filter': [
        '{ status: { eq: ACTIVE } }',
        '{ not: { name: { contains: "%_" } } }',
        '{ kind: { in: [STATIC] } }',
      ],
      'segments.orderBy': ['{ field: NAME, direction: DESC }', '{ field: CREATED_AT }'],
      'customersByFacts.orderBy': [
        '{ field: CONVERTED_TOTAL }',
        '{ field: PURCHASE_COUNT, direction: ASC }',
        '{ field: OPEN_COMPLAINTS }',
      ],
    },
  })
  const counts = await compareMany(random, (tenant) => {
    const own = ids[tenant as 'acme']
    const kind = random.below(8)
    if (kind === 0) return operations('segment', 'Segment', { id: ['ID!', random.one(own.segments)] })
    if (kind === 1) return operations('segments', 'SegmentConnection', { first: ['Int!', random.below(30)] })
    if (kind === 2) {
      return operations('customersByFacts', 'CustomerByFactsConnection', { first: ['Int!', random.below(30)] })
    }
    const type = random.one(['Customer', 'Customer', 'Customer', 'Segment', 'SegmentMembership', 'RfmRun'])
    const from = {
      Customer: own.customers,
      Segment: own.segments,
      SegmentMembership: own.memberships,
      RfmRun: own.runs,
    }[type]!
    const r = random.some(from, random.one([1, 1, 4])).map((id) => ({ __typename: type, id }))
    return operations('_entities', type, { representations: ['[_Any!]!', r] })
  })
  expect(counts.equal).toBeGreaterThan(50)
  expect(counts.unmapped / counts.equal).toBeLessThan(0.5)
})

const PAGE = `query ($orderBy: CustomerFactsOrder, $after: String) { page: customersByFacts(first: 5, orderBy: $orderBy, after: $after) {
  edges { cursor node { id rfm { monetary { amount currency } } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`
const orders = ['CONVERTED_TOTAL', 'PURCHASE_COUNT', 'LAST_PURCHASE_AT', 'OPEN_COMPLAINTS'].flatMap((field) =>
  ['ASC', 'DESC'].map((direction) => ({ field, direction })),
)
test.each([null, ...orders])('pages by facts in order of %j go on from the cursors of either', async (orderBy) => {
  for (const actor of [admin, manager]) {
    for (let after: string | null = null, pages = 0; pages < 8; pages++) {
      const operation: Generated = { query: PAGE, variables: { orderBy, after } }
      expect(await compare(actor, operation)).toBe('equal')
      const { pageInfo } = (await compiled(actor, operation)).page
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
    }
  }
})

test('customers by a rule are left to the ordinary resolvers', async () => {
  const query = 'query ($rule: SegmentRuleInput) { customersByFacts(rule: $rule) { totalCount } } '
  expect(await compare(admin, { query, variables: { rule: null } })).toBe('equal')
  expect(await compare(admin, { query, variables: { rule: { purchaseCount: { gt: 1 } } } })).toBe('unmapped')
})

const SEGMENTS = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer {
  segments { key name enteredAt } rfm { recencyDays frequency monetary { amount currency } r f m } } } }`
test('what a 360° view asks is one statement', async () => {
  const operations = ids.acme.customers.map((id) => ({
    query: SEGMENTS,
    variables: { r: [{ __typename: 'Customer', id }] },
  }))
  expect(await statementsOf(admin, operations)).toBe(1)
  await measure(admin, operations)
})

test('an amount in a currency of which no minor unit is known has the ordinary answer', async () => {
  const id = ids.acme.customers[5]
  const operation = { query: SEGMENTS, variables: { r: [{ __typename: 'Customer', id }] } }
  expect(await compare(admin, operation)).toBe('equal')
  await svc.database
    .fork({ subject: 'seed', roles: [], tenant: 'acme', territories: [], kind: 'person' }, now)
    .transactional((em) => em.execute(`update customer_facts set purchase_currency = 'XXZ' where id = ?`, [id]))
  expect(await compare(admin, operation)).toBe('equal')
})
