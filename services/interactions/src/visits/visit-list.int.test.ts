import { randomUUID } from 'node:crypto'
import { startForTest } from '@clientele/testkit'
import { knownCustomer, knownCustomers } from '../../fixture/customers.js'
import { knownStaff } from '../../fixture/staff.js'
import { createVisits } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const statements: string[] = []
const svc = await startForTest(interactions, { onStatement: (sql) => statements.push(sql), queryCompiler: false })
const { plan } = createVisits(svc, await knownCustomer(svc))

test('the list is filtered, ordered and paged', async () => {
  const tenant = { roles: ['manager'], tenant: 'lists' }
  await knownStaff(svc, ['odd', "o'brien\\"], { tenant: 'lists' })
  const [mine, other] = (await knownCustomers(svc, 2, { tenant: 'lists' })) as [string, string]
  const start = (day: number) => ({
    plannedStart: `2026-05-0${day}T09:00:00.000Z`,
    plannedEnd: `2026-05-0${day}T10:00:00.000Z`,
  })
  for (const day of [1, 2, 3, 4, 5])
    await plan({ customerId: mine, assigneeId: day % 2 ? 'odd' : "o'brien\\", ...start(day) }, tenant)
  await plan({ customerId: other, mode: 'VIDEO', ...start(6) }, tenant)
  const LIST = `query ($filter: VisitFilter, $orderBy: VisitOrder, $first: Int = 10, $after: String) {
    visits(filter: $filter, orderBy: $orderBy, first: $first, after: $after) { nodes { plannedStart } totalCount pageInfo { hasNextPage endCursor } } }`
  const days = async (variables: object) => {
    const { visits } = await svc.as(tenant).query(LIST, variables)
    return [
      visits.nodes.map((node: { plannedStart: string }) => Number(node.plannedStart.slice(8, 10))),
      visits.totalCount,
    ]
  }
  expect(await days({})).toEqual([[6, 5, 4, 3, 2, 1], 6])
  expect(await days({ filter: { customerId: { eq: mine }, assigneeId: { eq: "o'brien\\" } } })).toEqual([[4, 2], 2])
  expect(
    await days({ filter: { or: [{ mode: { eq: 'VIDEO' } }, { plannedStart: { lt: start(2).plannedStart } }] } }),
  ).toEqual([[6, 1], 2])
  expect(await days({ filter: { not: { customerId: { in: [mine] } } } })).toEqual([[6], 1])
  expect(await days({ filter: { customerId: { eq: 'x' } } })).toEqual([[], 0])
  const orderBy = { field: 'PLANNED_START', direction: 'ASC' }
  const { visits } = await svc.as(tenant).query(LIST, { first: 4, orderBy })
  expect(await days({ first: 4, orderBy, after: visits.pageInfo.endCursor })).toEqual([[5, 6], 6])
})

test('the visits of many customers cost one statement for the lists and one for their counts', async () => {
  const ids = await knownCustomers(svc, 5)
  await knownStaff(svc, ["o'brien\\"])
  for (const id of ids)
    for (const hour of ['07', '08'])
      await plan({ customerId: id, assigneeId: "o'brien\\", plannedStart: `2026-03-12T${hour}:00:00Z` })
  statements.length = 0
  const { _entities } = await svc.as('analyst').query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { visits(first: 1, filter: { assigneeId: { eq: "o'brien\\\\" } }) {
      nodes { plannedStart report { summary } } totalCount } } } }`,
    { r: ids.map((id) => ({ __typename: 'Customer', id })) },
  )
  expect(_entities).toEqual(
    ids.map(() => ({ visits: { nodes: [{ plannedStart: '2026-03-12T08:00:00.000Z', report: null }], totalCount: 2 } })),
  )
  expect(statements.filter((sql) => sql.includes('"visit"'))).toHaveLength(2)
})

test('other services refer to visits by their key', async () => {
  const { id } = await plan()
  const { _entities } = await svc
    .as('manager')
    .query('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Visit { status } } }', {
      r: [
        { __typename: 'Visit', id },
        { __typename: 'Visit', id: randomUUID() },
      ],
    })
  expect(_entities).toEqual([{ status: 'PLANNED' }, null])
})
