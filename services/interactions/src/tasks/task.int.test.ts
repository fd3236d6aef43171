import { randomUUID } from 'node:crypto'
import {
  staffEntityId,
  taskAssigned,
  taskCancelled,
  taskChanged,
  taskCompleted,
  taskCreated,
  taskReopened,
  taskSnoozed,
} from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { customersOf } from '../../fixture/customers.js'
import { knownStaff, leave, logistics } from '../../fixture/staff.js'
import { createTasks, type TaskVerb, taskDocuments } from '../../fixture/tasks.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const svc = await startForTest(interactions, { now: () => clock.now })
const { near, far } = await customersOf(svc, { near: { territory: 'emea/de' }, far: { territory: 'amer' } })
await knownStaff(svc, ['ann', '陈晓雨', 'leo'])
await leave(svc, 'leo')
const { run, create } = createTasks(svc, { customerId: near, assigneeId: 'ann' })

test('a task goes to somebody, changes, is put off, handed over, done, and taken up again', async () => {
  const subject = { type: 'complaint', id: randomUUID() }
  const made = await create({
    ...{ kind: 'call.back', note: ' after lunch ', subject, priority: 'HIGH', remindAt: '2026-03-12T08:00:00Z' },
    idempotencyKey: 'once',
  })
  expect(made).toMatchObject({
    ...{
      version: 1,
      kind: 'call.back',
      title: '回电 ☎️ اتصل',
      note: 'after lunch',
      subject,
      status: 'OPEN',
      priority: 'HIGH',
    },
    ...{ assigneeId: 'ann', assignee: { id: staffEntityId('ann') }, teamKey: null, team: null, overdue: false },
    ...{ dueAt: '2026-03-12T16:00:00.000Z', remindAt: '2026-03-12T08:00:00.000Z', result: null, cancellation: null },
    ...{ customerId: near, customer: { id: near }, redactedFields: [] },
  })
  const { id } = made
  expect(await run('updateTask', { id, title: 'Call', note: null, dueAt: '2026-03-13T16:00:00Z' })).toMatchObject({
    ...{ version: 2, title: 'Call', note: null, dueAt: '2026-03-13T16:00:00.000Z', priority: 'HIGH' },
    remindAt: made.remindAt,
  })
  expect(await run('updateTask', { id, title: ' Call ', remindAt: made.remindAt })).toMatchObject({ version: 2 })
  expect(await run('assignTask', { id, teamKey: logistics })).toMatchObject({
    ...{ version: 3, assigneeId: null, assignee: null, teamKey: logistics, team: { id: expect.any(String) } },
  })
  expect(await run('assignTask', { id, teamKey: logistics })).toMatchObject({ version: 3 })
  const until = '2026-03-11T08:00:00.000Z'
  expect(await run('snoozeTask', { id, until })).toMatchObject({ version: 4, remindAt: until })
  const result = { outcome: 'customer.reached', note: '满意 😀' }
  expect(await run('completeTask', { id, ...result, expectedVersion: 4 }, 'admin')).toMatchObject({
    ...{ version: 5, status: 'COMPLETED', result: { at: clock.now.toISOString(), ...result } },
  })
  expect(await run('reopenTask', { id })).toMatchObject({ version: 6, status: 'OPEN', result: null })
  expect(await run('cancelTask', { id, reason: 'again' })).toMatchObject({
    ...{ version: 7, status: 'CANCELLED', cancellation: { reason: 'again' } },
  })
  await svc.relay()
  const common = { id, customerId: near, kind: 'call.back', about: subject }
  const events = [
    [taskCreated, { version: 1, assigneeId: 'ann', dueAt: made.dueAt, remindAt: made.remindAt }],
    [taskChanged, { version: 2, changedFields: ['title', 'note', 'dueAt'] }],
    [taskAssigned, { version: 3, assigneeId: null, teamKey: logistics }],
    [taskSnoozed, { version: 4, remindAt: until }],
    [taskCompleted, { version: 5, status: 'COMPLETED', outcome: 'customer.reached' }],
    [taskReopened, { version: 6, status: 'OPEN' }],
    [taskCancelled, { version: 7, status: 'CANCELLED' }],
  ] as const
  for (const [type, data] of events) {
    const published = (await svc.published(type as typeof taskCreated)).filter((one) => one.id === id)
    expect(published).toMatchObject([{ ...common, ...data }])
    expect(JSON.stringify(published)).not.toMatch(/Call|满意|again|回电/)
  }
})

test('a task is its creator’s where nobody is named, and needs no customer', async () => {
  const { id, ...task } = await create({ customerId: null, assigneeId: null }, { roles: ['service'], subject: 'ann' })
  expect(task).toMatchObject({ customerId: null, customer: null, assigneeId: 'ann', kind: 'todo', priority: 'NORMAL' })
  await svc.relay()
  expect((await svc.published(taskCreated)).find((one) => one.id === id)).toMatchObject({
    customerId: null,
    about: null,
  })
})

test.each<[string, TaskVerb, object, object]>([
  ['a blank title', 'createTask', { title: ' \u200b' }, { title: 'text.required' }],
  ['a long title', 'createTask', { title: '长'.repeat(201) }, { title: 'text.too_long' }],
  ['a kind with blanks', 'createTask', { kind: 'call back' }, { kind: 'code.malformed' }],
  [
    'a subject that is no id',
    'createTask',
    { subject: { type: 'a b', id: '7' } },
    { 'subject.type': 'code.malformed', 'subject.id': 'id.malformed' },
  ],
  ['a time of long ago', 'createTask', { dueAt: '1800-01-01T00:00:00Z' }, { dueAt: 'time.out_of_range' }],
  ['somebody who has left', 'createTask', { assigneeId: 'leo' }, { assigneeId: 'staff.left' }],
  ['somebody and a team', 'createTask', { teamKey: logistics }, { teamKey: 'task.two_assignees' }],
  ['nobody', 'assignTask', {}, { assigneeId: 'task.no_assignee' }],
  ['a snooze into the past', 'snoozeTask', { until: '2026-03-10T08:00:00Z' }, { until: 'time.past' }],
  ['a stale version', 'completeTask', { expectedVersion: 7 }, { expectedVersion: 'version.stale' }],
])('%s is refused', async (_, verb, input, faults) => {
  const trying = verb === 'createTask' ? create(input) : run(verb, { id: (await create()).id, ...input })
  const fields = Object.entries(faults).map(([path, reason]) => ({ path: `input.${path}`, reason }))
  await expect(trying).rejects.toMatchObject({ fields })
})

test('what is over is not changed, and neither done nor called off again', async () => {
  const { id } = await create()
  await run('completeTask', { id })
  for (const [verb, input] of [
    ['updateTask', { title: 't' }],
    ['assignTask', { assigneeId: '陈晓雨' }],
    ['snoozeTask', { until: '2026-04-01T00:00:00Z' }],
  ] as const) {
    await expect(run(verb, { id, ...input })).rejects.toMatchObject({ code: 'CONFLICT', reason: 'task.ended' })
  }
  for (const verb of ['completeTask', 'cancelTask'] as const) {
    await expect(run(verb, { id })).rejects.toMatchObject({ code: 'CONFLICT', reason: 'task.illegal_transition' })
  }
  await run('reopenTask', { id })
  await expect(run('reopenTask', { id })).rejects.toMatchObject({ reason: 'task.illegal_transition' })
})

test('of two who do a task at once one does, and a key creates one for two calls at once', async () => {
  const { id } = await create()
  const outcomes = await Promise.allSettled([run('completeTask', { id }), run('completeTask', { id })])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const me = { roles: ['manager'], subject: 'ann' }
  const key = { idempotencyKey: randomUUID() }
  const [one, other] = await Promise.all([create(key, me), create(key, me)])
  expect(other).toEqual(one)
  await expect(create({ ...key, title: 'else' }, me)).rejects.toMatchObject({ reason: 'idempotency.key_reused' })
})

test('a task of another tenant, or of no id at all, is not found', async () => {
  const { id } = await create()
  for (const [as, unknown] of [
    [svc.as({ roles: ['admin'], tenant: 'globex' }), id],
    [svc.as('manager'), randomUUID()],
    [svc.as('manager'), 'x'],
  ] as const) {
    await expect(as.mutate(taskDocuments.completeTask, { input: { id: unknown } })).rejects.toMatchObject({
      ...{ code: 'NOT_FOUND', reason: 'task.unknown' },
    })
  }
  await expect(create({ customerId: randomUUID() })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})

const LIST = `query ($filter: TaskFilter, $orderBy: TaskOrder, $first: Int = 10, $after: String) {
  tasks(filter: $filter, orderBy: $orderBy, first: $first, after: $after) { nodes { title } totalCount pageInfo { hasNextPage endCursor } } }`

test('tasks are filtered, ordered and paged, of everybody and of a customer', async () => {
  const tenant = { roles: ['admin'], tenant: 'initech' }
  await knownStaff(svc, ['bob'], tenant)
  const on = (day: number) => ({
    title: `${day}`,
    dueAt: `2026-03-0${day}T09:00:00Z`,
    customerId: null,
    assigneeId: 'bob',
  })
  for (const day of [3, 1, 2, 5, 4]) await create(on(day), tenant)
  const list = async (variables: object) => {
    const { tasks } = await svc.as(tenant).query(LIST, variables)
    return [tasks.nodes.map(({ title }: { title: string }) => Number(title)), tasks.totalCount, tasks.pageInfo]
  }
  const [days, total] = await list({})
  expect([days, total]).toEqual([[1, 2, 3, 4, 5], 5])
  const [, , { endCursor }] = await list({ first: 2 })
  expect((await list({ first: 2, after: endCursor }))[0]).toEqual([3, 4])
  expect((await list({ orderBy: { field: 'DUE_AT', direction: 'DESC' } }))[0]).toEqual([5, 4, 3, 2, 1])
  clock.now = new Date('2026-03-03T12:00:00.000Z')
  expect((await list({ filter: { overdue: true, assigneeId: { eq: 'bob' } } }))[0]).toEqual([1, 2, 3])
  expect((await list({ filter: { not: { overdue: true } } }))[0]).toEqual([4, 5])
  expect(
    (await list({ filter: { title: { eq: '4' }, status: { in: ['OPEN'] }, priority: { eq: 'NORMAL' } } }))[0],
  ).toEqual([4])
  clock.now = new Date('2026-03-10T08:00:00.000Z')
  const { id } = await create({ customerId: far })
  const OF =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { tasks { nodes { id } totalCount } } } }'
  const { _entities } = await svc.as('admin').query(OF, { r: [{ __typename: 'Customer', id: far }] })
  expect(_entities).toEqual([{ tasks: { nodes: [{ id }], totalCount: 1 } }])
})
