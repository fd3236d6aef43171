import { randomUUID } from 'node:crypto'
import { startForTest } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { knownCustomer, knownCustomers } from '../../fixture/customers.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const statements: string[] = []
const svc = await startForTest(interactions, {
  now: () => clock.now,
  onStatement: (sql) => statements.push(sql),
  queryCompiler: false,
})
const as = svc.as('manager')

const PLAN = 'mutation ($input: PlanVisitInput!) { planVisit(input: $input) { id } }'
const START = 'mutation ($input: StartVisitInput!) { startVisit(input: $input) { id } }'
const RECORD = 'mutation ($input: RecordContactInput!) { recordContact(input: $input) { id } }'

const day = (of: number, hour = 9) =>
  `2026-03-${String(of).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`
const visitOn = async (customerId: string, of: number): Promise<string> => {
  const input = { customerId, mode: 'ONSITE', purpose: '拜访', plannedStart: day(of), plannedEnd: day(of, 10) }
  return (await as.mutate(PLAN, { input })).planVisit.id
}
const contactOn = (customerId: string, of: number) =>
  as.mutate(RECORD, { input: { customerId, kind: 'MAIL', direction: 'OUTBOUND', subject: 's', occurredAt: day(of) } })
const complaintOn = (customerId: string, of: number) =>
  createComplaints(svc, customerId).receive({ receivedAt: day(of) })

const of = (selection: string) =>
  `query ($r: [_Any!]!${selection.includes('$after') ? ', $after: String' : ''}) {
    _entities(representations: $r) { ... on Customer { ${selection} } } }`
const timelines = async (ids: readonly string[], selection: string, variables: object = {}) => {
  const r = ids.map((id) => ({ __typename: 'Customer', id }))
  return (await as.query(of(selection), { r, ...variables }))._entities.map(
    (one: { timeline: unknown }) => one.timeline,
  )
}
const asked = (table: string) => statements.filter((sql) => new RegExp(`from "?${table}"? `).test(sql)).length

test('visits, complaints and contacts stand in one line, a visit that began where it began', async () => {
  const id = await knownCustomer(svc)
  await visitOn(id, 3)
  const begun = await visitOn(id, 1)
  await complaintOn(id, 2)
  await contactOn(id, 4)
  await as.mutate(START, { input: { id: begun } })
  const entries = [
    { __typename: 'Visit', occurredAt: clock.now.toISOString() },
    { __typename: 'Contact', occurredAt: day(4) },
    { __typename: 'Visit', occurredAt: day(3) },
    { __typename: 'Complaint', occurredAt: day(2) },
  ]
  const selection = 'timeline(first: 10) { nodes { __typename occurredAt } totalCount pageInfo { hasNextPage } }'
  expect(await timelines([id], selection)).toEqual([
    { nodes: entries, totalCount: 4, pageInfo: { hasNextPage: false } },
  ])
  const rich = `timeline { edges { node { __typename occurredAt ... on Visit { status customer { id } } ...complaint ... on Contact { kind } } } }`
  const { _entities } = await as.query(`${of(rich)} fragment complaint on Complaint { severity overdue }`, {
    r: [{ __typename: 'Customer', id }],
  })
  expect(_entities[0].timeline.edges.map((edge: { node: object }) => edge.node)).toEqual([
    { ...entries[0], status: 'IN_PROGRESS', customer: { id } },
    { ...entries[1], kind: 'MAIL' },
    { ...entries[2], status: 'PLANNED', customer: { id } },
    { ...entries[3], severity: 'HIGH', overdue: true },
  ])
})

test('a timeline begins with the past; what is planned stands apart, the next first', async () => {
  const id = await knownCustomer(svc)
  const before = await visitOn(id, 9)
  const [later, next, off] = [await visitOn(id, 12), await visitOn(id, 11), await visitOn(id, 13)]
  await contactOn(id, 1)
  await as.mutate('mutation ($input: CancelVisitInput!) { cancelVisit(input: $input) { id } }', {
    input: { id: off, reason: 'r' },
  })
  const read = async () => {
    const line = '{ nodes { __typename id } totalCount }'
    const [found] = (await as.query(of(`timeline ${line} upcoming ${line}`), { r: [{ __typename: 'Customer', id }] }))
      ._entities
    return [found.timeline, found.upcoming].map(({ nodes, totalCount }) => {
      expect(nodes).toHaveLength(totalCount)
      return nodes.map((node: { __typename: string; id: string }) =>
        node.__typename === 'Visit' ? node.id : node.__typename,
      )
    })
  }
  expect(await read()).toEqual([
    [before, 'Contact'],
    [next, later],
  ])
  const page =
    'upcoming(first: 1, after: $after) { nodes { id ... on Visit { status } } pageInfo { hasNextPage endCursor } }'
  const walk = async (after: string | null) =>
    (await as.query(of(page), { r: [{ __typename: 'Customer', id }], after }))._entities[0].upcoming
  const first = await walk(null)
  const second = await walk(first.pageInfo.endCursor)
  expect([first, second].map(({ nodes, pageInfo }) => [nodes, pageInfo.hasNextPage])).toEqual([
    [[{ id: next, status: 'PLANNED' }], true],
    [[{ id: later, status: 'PLANNED' }], false],
  ])
  await expect(
    as.query(of('timeline(after: $after) { nodes { id } }'), {
      r: [{ __typename: 'Customer', id }],
      after: first.pageInfo.endCursor,
    }),
  ).rejects.toMatchObject({ reason: 'cursor.invalid' })
  clock.now = new Date(day(12, 10))
  expect(await read()).toEqual([[later, next, before, 'Contact'], []])
  clock.now = new Date('2026-03-10T08:00:00.000Z')
})

test('only the kinds that are asked for', async () => {
  const id = await knownCustomer(svc)
  await visitOn(id, 1)
  await complaintOn(id, 2)
  await contactOn(id, 3)
  const [kinds] = await timelines([id], 'timeline(kinds: [VISIT, CONTACT]) { nodes { __typename } totalCount }')
  expect(kinds).toEqual({ nodes: [{ __typename: 'Contact' }, { __typename: 'Visit' }], totalCount: 2 })
  const [none] = await timelines([id], 'timeline(kinds: []) { nodes { id } totalCount pageInfo { hasNextPage } }')
  expect(none).toEqual({ nodes: [], totalCount: 0, pageInfo: { hasNextPage: false } })
})

test.each(['id', 'id ... on Visit { purpose } ... on Complaint { number } ... on Contact { subject }'])(
  'pages walk the whole line once, entries of the same moment too (nodes { %s })',
  async (selection) => {
    const id = await knownCustomer(svc)
    for (const each of [1, 2, 2, 3]) {
      await visitOn(id, each)
      await complaintOn(id, each)
      await contactOn(id, each)
    }
    const seen: string[] = []
    const times: string[] = []
    for (let after: string | null = null; ; ) {
      const [page]: any[] = await timelines(
        [id],
        `timeline(first: 5, after: $after) { edges { cursor node { occurredAt ${selection} } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`,
        { after },
      )
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null)
      expect(page.pageInfo.startCursor).toBe(page.edges[0].cursor)
      seen.push(...page.edges.map((edge: any) => edge.node.id))
      times.push(...page.edges.map((edge: any) => edge.node.occurredAt))
      after = page.pageInfo.endCursor
      if (!page.pageInfo.hasNextPage) break
    }
    expect(seen).toHaveLength(12)
    expect(new Set(seen).size).toBe(12)
    expect(times).toEqual(times.toSorted().reverse())
  },
)

test('the timelines of many customers cost one statement, one per type where more is asked for, and one for the counts', async () => {
  const ids = await knownCustomers(svc, 6)
  for (const id of ids) {
    await visitOn(id, 1)
    await complaintOn(id, 2)
    await contactOn(id, 3)
  }
  statements.length = 0
  const short = await timelines(ids, 'timeline(first: 2) { nodes { __typename occurredAt } }')
  expect(short).toEqual(
    ids.map(() => ({
      nodes: [
        { __typename: 'Contact', occurredAt: day(3) },
        { __typename: 'Complaint', occurredAt: day(2) },
      ],
    })),
  )
  expect([
    asked('visit'),
    asked('complaint'),
    asked('contact'),
    statements.filter((sql) => sql.includes('lateral')).length,
  ]).toEqual([1, 1, 1, 1])
  statements.length = 0
  await timelines(
    ids,
    'timeline { nodes { ... on Visit { status } ... on Complaint { status } ... on Contact { kind } } totalCount }'.replaceAll(
      'status }',
      'version }',
    ),
  )
  expect([asked('visit'), asked('complaint'), asked('contact')]).toEqual([3, 3, 3])
  expect(statements.filter((sql) => sql.includes(' from '))).toHaveLength(5)
})

test('customers without anything or of another tenant have an empty line, and what is no id is no customer', async () => {
  const id = await knownCustomer(svc)
  await contactOn(id, 1)
  const empty = { nodes: [], totalCount: 0 }
  const selection = 'timeline { nodes { id } totalCount }'
  expect(await timelines([randomUUID()], selection)).toEqual([empty])
  const { _entities: nobody } = await as.query(of(selection), { r: [{ __typename: 'Customer', id: 'x' }] })
  expect(nobody).toEqual([null])
  const globex = svc.as({ roles: ['admin'], tenant: 'globex' })
  const { _entities } = await globex.query(of(selection), { r: [{ __typename: 'Customer', id }] })
  expect(_entities).toEqual([{ timeline: empty }])
})

test.each([
  ['timeline(first: 101) { nodes { id } }', 'page.size'],
  ['timeline(after: "nonsense") { nodes { id } }', 'cursor.invalid'],
  ['timeline(kinds: [MEETING]) { nodes { id } }', 'value.not_one_of'],
])('%s is refused', async (selection, reason) => {
  await expect(timelines([randomUUID()], selection)).rejects.toMatchObject({ code: 'INVALID', reason })
})

test.each([
  ["1' or true", randomUUID()],
  [{ at: day(1) }, 'x'],
  [{ at: '0000-01-01T00:00:00.000Z' }, randomUUID()],
  [{ at: '+275760-09-12T00:00:00.000Z' }, randomUUID()],
])('a cursor that was made up is refused: %j %s', async (...values) => {
  const after = Buffer.from(JSON.stringify(['occurredAt:desc,id:desc', ...values])).toString('base64url')
  await expect(timelines([randomUUID()], 'timeline(after: $after) { nodes { id } }', { after })).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'cursor.invalid',
  })
})

test('whoever has no role sees none', async () => {
  const { data, errors } = await svc
    .as('guest')
    .request(of('timeline { nodes { id } }'), { r: [{ __typename: 'Customer', id: randomUUID() }] })
  expect({ data, errors }).toEqual({ data: { _entities: [null] } })
})
