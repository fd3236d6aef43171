import { randomUUID } from 'node:crypto'
import {
  complaintUpdated,
  staffEntityId,
  staffLeft,
  taskAssigned,
  visitAssigned,
  workReassignmentFinished,
  workReassignmentStarted,
} from '@clientele/contracts'
import { goOff, outcome, startForTest, type TestActor } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { customersOf } from '../../fixture/customers.js'
import { aMember, knownStaff, knownTeams, leave, logistics } from '../../fixture/staff.js'
import { createTasks } from '../../fixture/tasks.js'
import { createVisits } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const clock: { now?: Date } = {}
const svc = await startForTest(interactions, { now: () => clock.now ?? new Date() })
const { near, far } = await customersOf(svc, { near: { territory: 'emea/de' }, far: { territory: 'amer' } })
await knownTeams(svc, [logistics])
const tasks = createTasks(svc, { customerId: near })
const visits = createVisits(svc, near)
const complaints = createComplaints(svc, near)

const boss: TestActor = { subject: 'boss', roles: ['manager'], territories: ['emea'] }
let people = 0
const somebody = async (name = 'p') => {
  const subject = `${name}-${people++}`
  await knownStaff(svc, [subject])
  return subject
}
const fields =
  'id version status fromId from { id } assigneeId assignee { id } teamKey team { id } kinds tasks visits complaints endedAt'
const REASSIGN = `mutation ($input: ReassignWorkInput!) { reassignWork(input: $input) { ${fields} } }`
const reassign = async (input: object, actor: string | TestActor = 'admin') =>
  (await svc.as(actor).mutate(REASSIGN, { input })).reassignWork
const preview = async (fromId: string, actor: string | TestActor = 'admin') =>
  (
    await svc
      .as(actor)
      .query('query ($fromId: String!) { reassignableWork(fromId: $fromId) { tasks visits complaints } }', { fromId })
  ).reassignableWork
const again = async (id: string, actor: string | TestActor = 'admin') =>
  (await svc.as(actor).query(`query ($id: ID!) { workReassignment(id: $id) { ${fields} } }`, { id })).workReassignment

/** Some work of each kind, open and over. */
const workFor = async (assigneeId: string) => {
  const task = await tasks.create({ assigneeId })
  await tasks.run('cancelTask', { id: (await tasks.create({ assigneeId })).id })
  const visit = await visits.plan({ assigneeId })
  await visits.run('cancelVisit', { id: (await visits.plan({ assigneeId })).id, reason: 'r' })
  const complaint = await complaints.at('INVESTIGATING')
  await complaints.run('assignComplaint', { id: complaint.id, assigneeId })
  return { task: task.id, visit: visit.id, complaint: complaint.id }
}
const manyTasks = (assigneeId: string, count: number) =>
  svc.database
    .fork({ subject: 's', roles: [], tenant: 'acme', territories: [], kind: 'person' }, new Date())
    .transactional((em) =>
      em.execute(
        `insert into task (id, customer_id, kind, title, status, priority, assignee_id, due_at, created_at, created_by, updated_at, updated_by)
         select gen_random_uuid(), ?, 'todo', 't', 'OPEN', 'NORMAL', ?, now(), now(), 's', now(), 's' from generate_series(1, ?)`,
        [near, assigneeId, count],
      ),
    )
const toldOf = async (subject: string) => {
  const { notifications } = await svc
    .as({ ...boss, subject })
    .query('{ notifications { nodes { kind text subject { id } } } }')
  return notifications.nodes.filter(({ kind }: { kind: string }) => kind === 'WORK_ASSIGNED')
}

test('all that somebody still has to do is given to another, each with its event, and they are told once', async () => {
  const [from, to] = [await somebody('离职'), await somebody()]
  const { task, visit, complaint } = await workFor(from)
  await leave(svc, from)
  expect(await preview(from)).toEqual({ tasks: 1, visits: 1, complaints: 1 })
  const made = await reassign({ fromId: staffEntityId(from), assigneeId: to })
  expect(made).toMatchObject({
    ...{ status: 'DONE', fromId: from, assigneeId: to, teamKey: null, tasks: 1, visits: 1, complaints: 1 },
    ...{ from: { id: staffEntityId(from) }, assignee: { id: staffEntityId(to) }, team: null },
    ...{ kinds: ['TASKS', 'VISITS', 'COMPLAINTS'], endedAt: expect.any(String) },
  })
  expect(await preview(from)).toEqual({ tasks: 0, visits: 0, complaints: 0 })
  expect(await preview(to)).toEqual({ tasks: 1, visits: 1, complaints: 1 })
  await svc.relay()
  for (const [event, id] of [
    [taskAssigned, task],
    [visitAssigned, visit],
    [complaintUpdated, complaint],
  ] as const) {
    const found = (await svc.published(event as typeof taskAssigned)).filter((data) => data.id === id)
    expect(found.at(-1)).toMatchObject({ assigneeId: to })
  }
  const finished = (await svc.published(workReassignmentFinished)).filter(({ id }) => id === made.id)
  expect(finished).toMatchObject([{ status: 'DONE', tasks: 1, visits: 1, complaints: 1 }])
  expect(await toldOf(to)).toEqual([
    { kind: 'WORK_ASSIGNED', subject: { id: made.id }, text: 'Work of a colleague is yours now: 3' },
  ])
})

test('a team gets tasks and complaints; visits have to be somebody’s', async () => {
  const from = await somebody()
  const { task, complaint } = await workFor(from)
  await expect(reassign({ fromId: from, teamKey: logistics })).rejects.toMatchObject({
    code: 'INVALID',
    fields: [{ path: 'input.kinds', reason: 'work_reassignment.visits_to_team' }],
  })
  const made = await reassign({ fromId: from, teamKey: logistics, kinds: ['TASKS', 'COMPLAINTS', 'TASKS'] })
  expect(made).toMatchObject({ status: 'DONE', teamKey: logistics, tasks: 1, visits: 0, complaints: 1 })
  const READ = `query ($t: ID!, $c: ID!) { task(id: $t) { assigneeId teamKey } complaint(id: $c) { assigneeId ownerTeam } }`
  expect(await svc.as('admin').query(READ, { t: task, c: complaint })).toEqual({
    task: { assigneeId: null, teamKey: logistics },
    complaint: { assigneeId: null, ownerTeam: logistics },
  })
  expect(await preview(from)).toEqual({ tasks: 0, visits: 1, complaints: 0 })
})

test('a manager hands over what they may change, and everybody else nothing', async () => {
  const [from, to] = [await somebody(), await somebody()]
  await workFor(from)
  const elsewhere = await visits.plan({ customerId: far, assigneeId: from }, 'admin')
  expect(await preview(from)).toMatchObject({ visits: 2 })
  expect(await preview(from, boss)).toMatchObject({ visits: 1 })
  const made = await reassign({ fromId: from, assigneeId: to }, boss)
  expect(made).toMatchObject({ visits: 1 })
  const { visit } = await svc
    .as('admin')
    .query('query ($id: ID!) { visit(id: $id) { assigneeId } }', { id: elsewhere.id })
  expect(visit.assigneeId).toBe(from)
  expect(await again(made.id, boss)).toMatchObject({ id: made.id })
  expect(await outcome(again(made.id, { ...boss, subject: 'other' }))).toBe('NOT_FOUND work_reassignment.unknown')
  for (const role of ['sales', 'service', 'analyst', 'privacy_officer']) {
    expect(await outcome(reassign({ fromId: from, assigneeId: to }, role))).toMatch('FORBIDDEN')
    expect(await outcome(preview(from, role))).toMatch('FORBIDDEN')
  }
  expect(await preview(from, { ...boss, roles: ['admin'], tenant: 'globex' })).toEqual({
    tasks: 0,
    visits: 0,
    complaints: 0,
  })
})

test('what is wrong is told by its place', async () => {
  const [from, to] = [await somebody(), await somebody()]
  const fault = (path: string, reason: string) => ({ code: 'INVALID', fields: [{ path: `input.${path}`, reason }] })
  const fails: [object, string, string][] = [
    [{ fromId: from, assigneeId: from }, 'assigneeId', 'work_reassignment.same_person'],
    [{ fromId: from }, 'assigneeId', 'task.no_assignee'],
    [{ fromId: from, assigneeId: to, kinds: [] }, 'kinds', 'list.too_short'],
    [{ fromId: '  ', assigneeId: to }, 'fromId', 'text.required'],
  ]
  for (const [input, path, reason] of fails) await expect(reassign(input)).rejects.toMatchObject(fault(path, reason))
  expect(await toldOf(to)).toEqual([])
})

test('repeated with its key it hands nothing over a second time', async () => {
  const [from, to] = [await somebody(), await somebody()]
  await workFor(from)
  const input = { fromId: from, assigneeId: to, idempotencyKey: randomUUID() }
  const [one, two] = await Promise.all([reassign(input, boss), reassign(input, boss)])
  expect(two).toEqual(one)
  await tasks.create({ assigneeId: from })
  expect(await reassign(input, boss)).toEqual(one)
  expect(await preview(from)).toMatchObject({ tasks: 1 })
})

test('what is more than a hundred goes on in the background, one at a time, on behalf of whoever began it', async () => {
  const [from, to] = [await somebody(), await somebody()]
  await manyTasks(from, 250)
  const begun = await reassign({ fromId: from, assigneeId: to }, boss)
  expect(begun).toMatchObject({ status: 'RUNNING', tasks: 100, endedAt: null })
  expect(await outcome(reassign({ fromId: from, assigneeId: to }))).toBe('CONFLICT work_reassignment.running')
  await goOff(svc)
  expect(await again(begun.id, boss)).toMatchObject({ status: 'DONE', tasks: 250, visits: 0, version: 2 })
  expect(await preview(from)).toEqual({ tasks: 0, visits: 0, complaints: 0 })
  await svc.relay()
  const mine = ({ id }: { id: string }) => id === begun.id
  expect((await svc.published(workReassignmentStarted)).filter(mine)).toHaveLength(1)
  expect((await svc.published(workReassignmentFinished)).filter(mine)).toMatchObject([{ tasks: 250 }])
  expect(await toldOf(to)).toMatchObject([{ text: 'Work of a colleague is yours now: 250' }])
})

test('where whoever began it leaves meanwhile it stops; two at once do not both begin', async () => {
  const [from, to, chief] = [await somebody(), await somebody(), await somebody('chief')]
  await manyTasks(from, 150)
  const both = await Promise.allSettled(
    [1, 2].map(() => reassign({ fromId: from, assigneeId: to }, { ...boss, subject: chief })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const begun = both.find((one) => one.status === 'fulfilled')!.value
  await svc.deliver(staffLeft, { ...aMember(chief), version: 2, active: false })
  await svc.drain()
  await goOff(svc)
  expect(await again(begun.id)).toMatchObject({ status: 'STOPPED', tasks: 100 })
  expect(await preview(from)).toMatchObject({ tasks: 50 })
})

test('operators see what goes on and what was handed over; what has ended is forgotten when it is old, the rest is not', async () => {
  const [from, other, to] = [await somebody(), await somebody(), await somebody()]
  const measured = async () => {
    const lines = (await svc.metrics.text()).split('\n').filter((line) => line.startsWith('clientele_work_reassign'))
    return Object.fromEntries(lines.map((line) => line.split(' ') as [string, string]))
  }
  await manyTasks(from, 150)
  const running = await reassign({ fromId: from, assigneeId: to }, boss)
  const ended = await reassign({ fromId: other, assigneeId: to }, boss)
  const before = await measured()
  const labels = 'service="interactions"'
  expect(before[`clientele_work_reassignments_running{${labels}}`]).toBe('1')
  expect(Number(before[`clientele_work_reassigned_of_last_hour{${labels},kind="TASKS"}`])).toBeGreaterThanOrEqual(100)
  expect(Object.keys(before).join()).not.toMatch(/acme|[0-9a-f]{8}-/)
  const forget = svc.jobs.find(({ name }) => name === 'interactions-forget-work-reassignments')!
  const day = 86_400_000
  clock.now = new Date(Date.now() + 89 * day)
  await forget.run()
  expect(await again(ended.id, boss)).toMatchObject({ status: 'DONE' })
  clock.now = new Date(Date.now() + 91 * day)
  await forget.run()
  expect(await outcome(again(ended.id, boss))).toBe('NOT_FOUND work_reassignment.unknown')
  expect(await again(running.id, boss)).toMatchObject({ status: 'RUNNING', tasks: 100 })
})
