import { startForTest } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { knownCustomers } from '../../fixture/customers.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const statements: string[] = []
const svc = await startForTest(interactions, {
  now: () => clock.now,
  onStatement: (sql) => statements.push(sql),
  readModel: false,
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
    { number: 'K-000002', overdue: false },
    { number: 'K-000003', overdue: false },
    { number: 'K-000001', overdue: true },
    { number: 'K-000004', overdue: false },
  ])
  expect(await numbers({ filter: { overdue: true } })).toEqual([1])
  expect(await numbers({ filter: { overdue: false, customerId: { eq: mine } } })).toEqual([5, 2, 3, 4])
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
