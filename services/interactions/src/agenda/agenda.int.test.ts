import { staffEntityId, staffRecorded } from '@clientele/contracts'
import { startForTest, type TestActor } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { customersOf } from '../../fixture/customers.js'
import { aMember, logistics } from '../../fixture/staff.js'
import { createTasks } from '../../fixture/tasks.js'
import { createVisits } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const statements: string[] = []
const svc = await startForTest(interactions, { now: () => clock.now, onStatement: (sql) => statements.push(sql) })
const { near, mine } = await customersOf(svc, {
  near: { territory: 'amer' },
  mine: { territory: 'amer', ownerId: 'ann' },
})
const away = { absences: [{ ...staffRecorded.example.absences[0]!, from: '2026-03-09', until: '2026-03-20' }] }
const substitute = (sub: string) => ({ substitute: staffEntityId(sub) })
for (const member of [
  aMember('ann', { teams: [logistics] }),
  aMember('ben', { ...away, ...substitute('ann') }),
  aMember('cai', { ...away, ...substitute('ben') }),
  aMember('here', substitute('ann')),
])
  await svc.deliver(staffRecorded, member)
await svc.drain()

const ann: TestActor = { roles: ['sales'], subject: 'ann', territories: ['emea'] }
const AGENDA = `query ($from: DateTime, $to: DateTime, $first: Int = 50, $after: String) {
  myAgenda(from: $from, to: $to, first: $first, after: $after) {
    nodes { id at overdue standsInForId standsInFor { id } item { __typename id ... on Task { title } ... on Visit { purpose } ... on Complaint { number } } }
    edges { cursor } totalCount pageInfo { hasNextPage endCursor } } }`
const agenda = async (variables: object = {}, actor: TestActor = ann) =>
  (await svc.as(actor).query(AGENDA, variables)).myAgenda
const times = async (variables: object = {}, actor?: TestActor) =>
  (await agenda(variables, actor)).nodes.map(({ at }: { at: string }) => at.slice(8, 13))

const { create, run } = createTasks(svc, { customerId: near })
const { plan } = createVisits(svc, near)
const two = (n: number) => String(n).padStart(2, '0')
const on = (day: number, hour = 9) => `2026-03-${two(day)}T${two(hour)}:00:00.000Z`
const visitOn = (day: number, assigneeId: string) =>
  plan({ assigneeId, plannedStart: on(day), plannedEnd: on(day, 10) }, 'admin')
const taskOn = (day: number, fields: object) => create({ dueAt: on(day, 12), ...fields }, 'admin')

const late = await taskOn(9, { assigneeId: 'ann' })
const ofTeam = await taskOn(11, { teamKey: logistics })
const instead = await taskOn(12, { assigneeId: 'cai' })
await taskOn(12, { assigneeId: 'here' })
const done = await taskOn(13, { assigneeId: 'ann' })
await run('completeTask', { id: done.id }, 'admin')
const visit = await visitOn(12, 'ben')
await visitOn(13, 'here')
const complaints = createComplaints(svc, near)
const complaint = await complaints.at('ASSESSED')
const ofCustomer = await createComplaints(svc, mine).receive({ receivedAt: on(10, 8) })
await complaints.at('DECISION_COMMUNICATED')
await complaints.receive()

test('what somebody has to do stands in one line, what is late first, theirs and of whom they stand in for', async () => {
  const { nodes, totalCount } = await agenda()
  const own = { standsInForId: null, standsInFor: null, overdue: false }
  expect(nodes).toEqual([
    {
      ...own,
      id: late.id,
      at: late.dueAt,
      overdue: true,
      item: { __typename: 'Task', id: late.id, title: late.title },
    },
    {
      ...own,
      id: ofCustomer.id,
      at: ofCustomer.acknowledgeBy,
      item: { __typename: 'Complaint', id: ofCustomer.id, number: ofCustomer.number },
    },
    { ...own, id: ofTeam.id, at: ofTeam.dueAt, item: { __typename: 'Task', id: ofTeam.id, title: ofTeam.title } },
    {
      ...{
        ...own,
        id: visit.id,
        at: visit.plannedStart,
        standsInForId: 'ben',
        standsInFor: { id: staffEntityId('ben') },
      },
      item: { __typename: 'Visit', id: visit.id, purpose: visit.purpose },
    },
    {
      ...{ ...own, id: instead.id, at: instead.dueAt, standsInForId: 'cai', standsInFor: { id: staffEntityId('cai') } },
      item: { __typename: 'Task', id: instead.id, title: instead.title },
    },
    {
      ...own,
      id: complaint.id,
      at: complaint.overdueFrom,
      item: { __typename: 'Complaint', id: complaint.id, number: complaint.number },
    },
  ])
  expect(totalCount).toBe(6)
})

test('it is paged from any of its entries, and bounded by time', async () => {
  const { edges, nodes } = await agenda()
  for (const [at, { cursor }] of edges.entries()) {
    const rest = await agenda({ after: cursor, first: 2 })
    expect(rest.nodes).toEqual(nodes.slice(at + 1, at + 3))
    expect(rest.pageInfo.hasNextPage).toBe(at + 3 < nodes.length)
    expect(rest.totalCount).toBe(nodes.length)
  }
  expect(await times({ from: on(11, 12), to: on(12, 12) })).toEqual(['11T12', '12T09'])
  expect((await agenda({ from: on(11, 12), to: on(12, 12) })).totalCount).toBe(2)
  expect(await times({ to: on(9) })).toEqual([])
  await expect(agenda({ after: 'x' })).rejects.toMatchObject({ reason: 'cursor.invalid' })
  await expect(agenda({ first: 101 })).rejects.toMatchObject({ code: 'INVALID' })
})

test('at another moment it is another one, and everybody has their own', async () => {
  expect(await times({}, { roles: ['sales'], subject: 'cai' })).toEqual(['12T12'])
  expect(await times({}, { roles: ['service'], subject: 'unknown' })).toEqual([])
  expect(await times({}, { ...ann, tenant: 'globex' })).toEqual([])
  clock.now = new Date('2026-03-21T08:00:00.000Z')
  const { nodes } = await agenda()
  expect(nodes.map(({ id }: { id: string }) => id)).not.toContain(visit.id)
  expect(nodes.every(({ overdue }: { overdue: boolean }) => overdue)).toBe(true)
  clock.now = new Date('2026-03-10T08:00:00.000Z')
})

test('however long it is, the list is one statement', async () => {
  statements.length = 0
  await svc.as(ann).query('{ myAgenda { nodes { id at overdue standsInForId } pageInfo { endCursor } } }')
  expect(statements.filter((sql) => sql.includes('union all'))).toHaveLength(1)
})
