import { complaintStatus } from '@clientele/contracts'
import { insert } from '@clientele/query-compiler/equality'
import { startForTest } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { knownCustomers } from '../../fixture/customers.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const statements: string[] = []
const svc = await startForTest(interactions, {
  now: () => clock.now,
  onStatement: (sql) => statements.push(sql),
  queryCompiler: false,
})

test('the list is filtered, ordered and paged; overdue in it is what the field says', async () => {
  const tenant = { roles: ['manager'], tenant: 'lists' }
  const [mine, other] = (await knownCustomers(svc, 2, { tenant: 'lists' })) as [string, string]
  const theirs = createComplaints(svc, mine)
  const made = []
  for (const [severity, hoursAgo] of [
    ['CRITICAL', 60],
    ['CRITICAL', 5],
    ['HIGH', 20],
    ['LOW', 800],
    ['MEDIUM', 1],
  ] as const) {
    made.push(
      await theirs.receive({ severity, receivedAt: new Date(+clock.now - hoursAgo * 3_600_000).toISOString() }, tenant),
    )
  }
  await theirs.run('acknowledgeComplaint', { id: made[1].id }, tenant)
  await theirs.run('withdrawComplaint', { id: made[3].id }, tenant)
  await createComplaints(svc, other).receive({ channel: 'web' }, tenant)
  const LIST = `query ($filter: ComplaintFilter, $orderBy: ComplaintOrder, $first: Int = 10, $after: String) {
    complaints(filter: $filter, orderBy: $orderBy, first: $first, after: $after) { nodes { number overdue } totalCount pageInfo { endCursor } } }`
  const numbers = async (variables: object) => {
    const { complaints } = await svc.as(tenant).query(LIST, variables)
    return complaints.nodes.map((node: { number: string }) => Number(node.number.slice(2)))
  }
  const { complaints } = await svc.as(tenant).query(LIST)
  expect(complaints.nodes).toEqual([
    { number: 'K-000006', overdue: false },
    { number: 'K-000005', overdue: false },
    { number: 'K-000002', overdue: true },
    { number: 'K-000003', overdue: false },
    { number: 'K-000001', overdue: true },
    { number: 'K-000004', overdue: false },
  ])
  expect(await numbers({ filter: { overdue: true } })).toEqual([2, 1])
  expect(await numbers({ filter: { overdue: false, customerId: { eq: mine } } })).toEqual([5, 3, 4])
  expect(await numbers({ filter: { severity: { in: ['CRITICAL'] }, status: { eq: 'RECEIVED' } } })).toEqual([1])
  expect(await numbers({ filter: { channel: { eq: 'web' } } })).toEqual([6])
  expect(await numbers({ filter: { number: { eq: 'K-000003' }, escalated: false, safety: false } })).toEqual([3])
  const orderBy = { field: 'RESOLVE_BY', direction: 'ASC' }
  const page = await svc.as(tenant).query(LIST, { orderBy, first: 2 })
  expect([
    await numbers({ orderBy, first: 2 }),
    await numbers({ orderBy, after: page.complaints.pageInfo.endCursor }),
  ]).toEqual([
    [4, 1],
    [2, 3, 6, 5],
  ])
})

test('the complaints of many customers cost one statement for the lists and one for their counts, under a filter on the time too', async () => {
  const ids = await knownCustomers(svc, 5)
  for (const id of ids)
    await createComplaints(svc, id).receive({ severity: 'CRITICAL', receivedAt: '2026-03-01T00:00:00Z' })
  statements.length = 0
  const { _entities } = await svc.as('analyst').query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer {
      complaints(first: 5, filter: { overdue: true }) { nodes { id number status severity resolveBy overdue } totalCount } } } }`,
    { r: ids.map((id) => ({ __typename: 'Customer', id })) },
  )
  expect(_entities).toHaveLength(5)
  for (const { complaints } of _entities) {
    expect(complaints).toMatchObject({ nodes: [{ severity: 'CRITICAL', overdue: true }], totalCount: 1 })
  }
  expect(statements.filter((sql) => sql.includes('"complaint"'))).toHaveLength(2)
})

test('overdue says what its description says, of each status and of times before, at and after the deadlines', async () => {
  const tenant = { roles: ['admin'], tenant: 'overdue' }
  const [customerId] = (await knownCustomers(svc, 1, { tenant: 'overdue' })) as [string]
  const hour = (of: number) => new Date(+clock.now + of * 3_600_000)
  const rows = complaintStatus.options.flatMap((status) =>
    [-5, 0, 5].flatMap((due) =>
      [null, -6, -4].flatMap((acknowledged) =>
        [null, -6, -4].map((decided) => {
          const isDecided = ['DECISION_COMMUNICATED', 'CLOSED'].includes(status)
          return {
            status,
            due,
            acknowledged: status === 'RECEIVED' ? null : acknowledged,
            decided: isDecided ? (decided ?? -4) : null,
            paused: status === 'AWAITING_CUSTOMER' ? (decided ?? -4) : null,
          }
        }),
      ),
    ),
  )
  const expected = ({ status, due, acknowledged, decided, paused }: (typeof rows)[number]) => {
    if (status === 'WITHDRAWN' || status === 'DUPLICATE') return false
    if (acknowledged === null ? status === 'RECEIVED' && due < 0 : acknowledged > due) return true
    return (decided ?? paused ?? 0) > due
  }
  const id = (at: number) => `0199a1b2-0000-7000-8000-${String(at).padStart(12, '0')}`
  const record = { version: 1, created_at: clock.now, created_by: 'a', updated_at: clock.now, updated_by: 'a' }
  await insert(
    svc,
    'overdue',
    'complaint',
    rows.map((row, at) => ({
      ...record,
      ...{
        id: id(at),
        number: `K-${at}`,
        customer_id: customerId,
        status: row.status,
        channel: 'PHONE',
        category: 'c',
        severity: 'LOW',
      },
      ...{
        description: 'd',
        received_at: hour(-9),
        acknowledge_by: hour(row.due),
        resolve_by: hour(row.due),
        paused_seconds: 0,
      },
      acknowledged_at: row.acknowledged === null ? null : hour(row.acknowledged),
      communicated_at: row.decided === null ? null : hour(row.decided),
      paused_at: row.paused === null ? null : hour(row.paused),
      ...(row.status === 'CLOSED'
        ? { closed_at: clock.now, root_cause: 'c', decision: 'UPHELD' }
        : { closed_at: null, root_cause: null, decision: null }),
      duplicate_of_id: row.status === 'DUPLICATE' ? id(0) : null,
    })),
  )
  const LIST = `query ($overdue: Boolean!, $after: String) { complaints(filter: { overdue: $overdue }, first: 100, after: $after) {
    nodes { number overdue } pageInfo { endCursor hasNextPage } } }`
  const found = new Map<string, boolean>()
  for (const overdue of [true, false]) {
    for (let after: string | null = null; ; ) {
      const {
        complaints,
      }: {
        complaints: {
          nodes: { number: string; overdue: boolean }[]
          pageInfo: { endCursor: string; hasNextPage: boolean }
        }
      } = await svc.as(tenant).query(LIST, { overdue, after })
      for (const node of complaints.nodes) {
        expect(node.overdue).toBe(overdue)
        found.set(node.number, overdue)
      }
      if (!complaints.pageInfo.hasNextPage) break
      after = complaints.pageInfo.endCursor
    }
  }
  expect(rows.map((row, at) => [row, found.get(`K-${at}`)])).toEqual(rows.map((row) => [row, expected(row)]))
})
