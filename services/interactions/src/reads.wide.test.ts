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
import { seedInteractions } from '../fixture/interactions.seed.js'
import { complaintReads } from './complaints/complaint.read.js'
import { contactReads } from './contacts/contact.read.js'
import { notificationReads } from './notifications/notification.read.js'
import { interactions } from './service.js'
import { authorReads } from './staff/authored.js'
import { taskReads } from './tasks/task.read.js'
import { timelineReads } from './timeline/timeline.read.js'
import { visitReads } from './visits/visit.read.js'
import { workReassignmentReads } from './work-reassignments/work-reassignment.read.js'

const random = createRandom(seed)
const statements: string[] = []
const anybody = { subject: 'seed', roles: [], territories: [], kind: 'person' as const }
const svc = await startForTest(interactions, {
  now: () => now,
  queryCompiler: false,
  onStatement: (sql) => statements.push(sql),
})
const reads = [
  ...visitReads,
  ...complaintReads,
  ...contactReads,
  ...timelineReads,
  ...taskReads,
  ...notificationReads,
  ...workReassignmentReads,
  ...authorReads,
]
const { schema, compiled, ordinary, compare, compareMany, measure, statementsOf } = compiledBeside(
  svc,
  interactions,
  reads,
)
const ids = { acme: await seedInteractions(svc, 'acme', random), globex: await seedInteractions(svc, 'globex', random) }
const [admin, manager] = actors as [(typeof actors)[0], (typeof actors)[0]]

const visitFilters = [
  '{ status: { in: [PLANNED, MISSED] } }',
  '{ or: [{ assigneeId: { eq: "bob" } }, { not: { assigneeId: { startsWith: "A" } } }] }',
  '{ and: [{ plannedStart: { gte: "2026-02-01T00:00:00Z" } }, { purpose: { contains: "%_" } }] }',
  '{ not: { status: { eq: PLANNED } }, customerId: { in: ["no id"] } }',
]
const complaintFilters = [
  '{ overdue: true, safety: false }',
  '{ not: { overdue: true } }',
  '{ or: [] }',
  '{ not: { category: { contains: "LATE" } }, severity: { eq: HIGH } }',
]

const taskFilters = [
  '{ overdue: true, priority: { eq: URGENT } }',
  '{ not: { overdue: true } }',
  '{ or: [{ teamKey: { eq: "logistics" } }, { not: { title: { contains: "a" } } }] }',
]

test('random operations get the ordinary answers', async () => {
  const operations = createOperations({
    schema,
    random,
    rare: new Set(),
    arguments: {
      first: ['0', '1', '2', '20'],
      kinds: ['[VISIT]', '[CONTACT, COMPLAINT]', '[]'],
      'visits.filter': visitFilters,
      'complaints.filter': complaintFilters,
      'tasks.filter': taskFilters,
      'notifications.filter': ['{ unread: true }', '{ or: [{ unread: false }, { kind: { eq: TASK_REMINDER } }] }'],
    },
  })
  const counts = await compareMany(random, (tenant) => {
    const own = ids[tenant as 'acme']
    const kind = random.below(11)
    if (kind === 0) return operations('visit', 'Visit', { id: ['ID!', random.one(own.visits)] })
    if (kind === 1) return operations('complaint', 'Complaint', { id: ['ID!', random.one(own.complaints)] })
    if (kind === 2) return operations('visits', 'VisitConnection', { first: ['Int!', random.below(30)] })
    if (kind === 3) return operations('task', 'Task', { id: ['ID!', random.one(own.tasks)] })
    if (kind === 4) return operations('tasks', 'TaskConnection', { first: ['Int!', random.below(30)] })
    if (kind === 5) return operations('notifications', 'NotificationConnection', { first: ['Int!', random.below(30)] })
    const { customers, visits, complaints, contacts, tasks } = own
    const of = { Customer: customers, Visit: visits, Complaint: complaints, Contact: contacts, Task: tasks }
    const type = random.one(['Customer', 'Customer', 'Customer', 'Visit', 'Complaint', 'Contact', 'Task'] as const)
    const from = of[type]
    const r = random.some(from, random.one([1, 1, 4])).map((id) => ({ __typename: type, id }))
    return operations('_entities', type, { representations: ['[_Any!]!', r] })
  })
  expect(counts.equal).toBeGreaterThan(50)
  expect(counts.unmapped / counts.equal).toBeLessThan(1)
})

const PAGES = {
  visits: `query ($r: [_Any!]!, $after: String) { _entities(representations: $r) { ... on Customer { page: visits(first: 2, after: $after) {
    edges { cursor node { id plannedStart } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } } } }`,
  timeline: `query ($r: [_Any!]!, $after: String) { _entities(representations: $r) { ... on Customer { page: timeline(first: 2, after: $after) {
    edges { cursor node { id occurredAt ...v } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } } } }
    fragment v on Visit { status }`,
  upcoming: `query ($r: [_Any!]!, $after: String) { _entities(representations: $r) { ... on Customer { page: upcoming(first: 1, after: $after) {
    edges { cursor node { id occurredAt ... on Visit { status } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } } } }`,
}
test.each(Object.entries(PAGES))('pages of %s go on from the cursors of either', async (_, query) => {
  for (const id of ids.acme.customers) {
    const r = [{ __typename: 'Customer', id }]
    for (let after: string | null = null, pages = 0; pages < 20; pages++) {
      const operation: Generated = { query, variables: { r, after } }
      expect(await compare(admin, operation)).toBe('equal')
      const { pageInfo }: { pageInfo: { hasNextPage: boolean; endCursor: string } } = (await compiled(admin, operation))
        ._entities[0].page
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
    }
  }
})

test('entries of which nothing is asked are as many', async () => {
  const query =
    'query ($no: Boolean!) { visits(first: 3) { nodes { id @skip(if: $no) } edges { cursor @skip(if: $no) } } }'
  for (const no of [true, false]) expect(await compare(admin, { query, variables: { no } })).toBe('equal')
})

const FILTERED = `query ($r: [_Any!]!, $filter: VisitFilter) { _entities(representations: $r) { ... on Customer {
  visits(filter: $filter) { nodes { id } totalCount } } } }`
const anyVisit = { status: { in: ['PLANNED', 'MISSED', 'CONFIRMED'] } }
test.each([
  [null],
  [{}],
  [{ assigneeId: { eq: null } }],
  [{ assigneeId: { in: [] } }],
  [{ assigneeId: { in: ['ann', '王小明'] }, not: { not: { assigneeId: { eq: 'ann' } } } }],
  [{ and: [{}, anyVisit], or: [anyVisit, { purpose: { contains: '\\' } }] }],
  [{ purpose: { startsWith: '季度' } }],
  [{ purpose: { eq: '季度回访 🤝 مراجعة' } }],
  [{ plannedStart: { lt: '2026-03-01T00:00:00+02:00', gt: '2026-01-01T00:00:00.001Z' } }],
])('a filter from a variable is the ordinary one: %j', async (filter) => {
  const r = ids.acme.customers.map((id) => ({ __typename: 'Customer', id }))
  expect(await compare(admin, { query: FILTERED, variables: { r, filter } })).toBe('equal')
})

test.each([
  [{ purpose: { contains: ' ' } }],
  [{ not: { purpose: { startsWith: '\u200b' } } }],
  [{ or: [{ purpose: { eq: '' } }, anyVisit] }],
  [{ assigneeId: { in: ['ann', '\u3000'] } }],
])("a filter by a blank text is the ordinary resolvers' to refuse: %j", async (filter) => {
  const r = [{ __typename: 'Customer', id: ids.acme.customers[5] }]
  const operation = { query: FILTERED, variables: { r, filter } }
  expect(await compiled(admin, operation)).toBeUndefined()
  expect((await ordinary(admin, operation)).errors?.[0]?.extensions).toMatchObject({ reason: 'filter.empty' })
})

test('an analyst gets no list by what is hidden from them', async () => {
  const r = [{ __typename: 'Customer', id: ids.acme.customers[5] }]
  const operation = { query: FILTERED, variables: { r, filter: { purpose: { eq: 'x' } } } }
  expect(await compiled(actors[4]!, operation)).toBeUndefined()
  expect((await ordinary(actors[4]!, operation)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
})

const ONE =
  'query ($id: ID!, $first: Int!, $after: String) { visits(first: $first, after: $after) { totalCount } visit(id: $id) { id } }'
test.each([
  ['a page size out of range', { first: 101 }],
  ['a negative page size', { first: -1 }],
  ['no cursor', { after: 'x' }],
  ['an empty cursor', { after: '' }],
  ['a cursor of another list', { after: Buffer.from('["id:asc","x"]').toString('base64url') }],
  ['no id', { id: 'x' }],
  ['an id of nothing', { id: '01890000-0000-7000-8000-000000000000' }],
])('%s is left to the ordinary resolvers', async (_, wrong) => {
  const variables = { id: ids.acme.visits[0], first: 1, after: null }
  expect(await compare(admin, { query: ONE, variables })).toBe('equal')
  expect(await compiled(admin, { query: ONE, variables: { ...variables, ...wrong } })).toBeUndefined()
})

test('what lies out of scope or in another tenant is left to them too, for they write it down', async () => {
  const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id } } }'
  const { customers } = ids.acme
  const reached = async (id: string) =>
    (await ordinary(manager, { query, variables: { r: [{ __typename: 'Customer', id }] } })).data
  for (const id of customers) {
    const operation = { query, variables: { r: [{ __typename: 'Customer', id }] } }
    const data = (await reached(id)) as { _entities: unknown[] }
    expect(await compiled(manager, operation)).toEqual(data._entities[0] ? data : undefined)
  }
  const VISIT = 'query ($id: ID!) { visit(id: $id) { id } }'
  const [mine] = ids.acme.visits
  expect(await compiled(admin, { query: VISIT, variables: { id: mine } })).toEqual({ visit: { id: mine } })
  expect(await compiled(actors[5]!, { query: VISIT, variables: { id: mine } })).toBeUndefined()
})

const DEALINGS = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer {
  visits(first: 5) { nodes { id status plannedStart report { summary } } totalCount }
  complaints(first: 5) { nodes { id number status severity resolveBy } }
  timeline(first: 10) { nodes { __typename occurredAt } } } } }`
test('what a 360° view asks is one statement', async () => {
  const operations = ids.acme.customers.map((id) => ({
    query: DEALINGS,
    variables: { r: [{ __typename: 'Customer', id }] },
  }))
  expect(await statementsOf(admin, operations)).toBe(1)
  statements.length = 0
  await compiled(admin, operations[0]!)
  expect(statements).toEqual([])
  await ordinary(admin, operations[0]!)
  expect(statements.length).toBeGreaterThan(3)
  await measure(admin, operations)
})

const DUPLICATE = 'query ($id: ID!) { complaint(id: $id) { id duplicateOf { id } } }'
test('a relation to what lies out of scope is left to the ordinary resolvers, which write it down', async () => {
  const [first] = ids.acme.complaints
  const own = (owner: string | null, of: string) =>
    svc.database
      .fork({ ...anybody, tenant: 'acme' }, now)
      .transactional((em) =>
        em.execute(
          `update customer set owner_id = ?, territory = null where id in (select customer_id from complaint where ${of})`,
          [owner],
        ),
      )
  const answers = async () => {
    const found: { told: unknown; compiled: unknown }[] = []
    for (const id of ids.acme.complaints) {
      const operation = { query: DUPLICATE, variables: { id } }
      const { data } = (await ordinary(manager, operation)) as { data: { complaint: { duplicateOf: unknown } | null } }
      const isRepeated = (await compiled(admin, operation)).complaint.duplicateOf !== null
      if (isRepeated && data.complaint) found.push({ told: data, compiled: await compiled(manager, operation) })
    }
    return found
  }
  await own('ann', 'true')
  const near = await answers()
  expect(near.length).toBeGreaterThan(0)
  expect(near.filter(({ told, compiled }) => JSON.stringify(told) !== JSON.stringify(compiled))).toEqual([])
  await own(null, `id = '${first}'`)
  const far = await answers()
  expect(far.length).toBeGreaterThan(0)
  expect(far).toEqual(far.map(() => ({ told: { complaint: { id: expect.any(String), duplicateOf: null } } })))
})
