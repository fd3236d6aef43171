import { randomUUID } from 'node:crypto'
import {
  automationActionRequested,
  interactionsAutomationActionAnswered,
  notificationCreated,
  staffEntityId,
  staffRecorded,
  surveysTaskRequested,
} from '@clientele/contracts'
import { goOff, startForTest } from '@clientele/testkit'
import { addRequested, segmentationFixture } from '@clientele/testkit/segmentation'
import { customersOf } from '../../fixture/customers.js'
import { aMember, leave } from '../../fixture/staff.js'
import { createTasks } from '../../fixture/tasks.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const svc = await startForTest(interactions, { now: () => clock.now, backoff: [1], beside: [segmentationFixture] })
const { create } = createTasks(svc)

const staff: [sub: string, territories: string[], roles: string[], fields?: object][] = [
  ['陈晓雨', ['emea/de'], ['sales']],
  ['kim', ['apac/cn/华东'], ['sales']],
  ['none', [], ['sales']],
  ['sub', ['emea/fr'], ['sales']],
  ['stood', ['emea/de'], ['sales'], { substitute: staffEntityId('sub') }],
  ['of-de', ['emea/de'], ['manager']],
  ['of-de-too', ['apac', 'emea/de'], ['manager']],
  ['on-leave', ['emea/de'], ['manager'], { absences: [{ from: '2026-03-01', until: '2026-12-31' }] }],
  ['of-emea', ['emea'], ['manager']],
  ['of-fr', ['emea/fr'], ['manager']],
  ['was-manager', ['emea/de'], ['manager']],
  ['ada', ['*'], ['admin']],
]
for (const [sub, territories, roles, fields] of staff) {
  await svc.deliver(staffRecorded, aMember(sub, { territories, roles, ...fields }))
}
await svc.deliver(staffRecorded, aMember('elsewhere', { territories: ['*'], roles: ['admin', 'manager'] }), {
  tenant: 'globex',
})
await svc.drain()
const customers = await customersOf(svc, {
  gones: { ownerId: '陈晓雨' },
  stoods: { ownerId: 'stood' },
  of: { ownerId: 'sub' },
})
const tasks = {
  left: await create({ assigneeId: '陈晓雨' }),
  deep: await create({ assigneeId: 'kim' }),
  none: await create({ assigneeId: 'none' }),
  stood: await create({ assigneeId: 'stood' }),
}
await leave(svc, 'was-manager', { territories: ['emea/de'], roles: ['manager'] })
for (const [sub, territories, , fields] of staff.slice(0, 5)) {
  if (sub !== 'sub') await leave(svc, sub, { territories, ...fields })
}

const told = async (id: string, kind: string) => {
  await svc.relay()
  return (await svc.published(notificationCreated))
    .filter((one) => one.about.id === id && one.kind === kind)
    .map(({ recipientId, standsInForId }) => `${recipientId} for ${standsInForId}`)
    .sort()
}

test('of what somebody who has left should have done their managers are told, else the admins; whoever stands in for them comes first', async () => {
  clock.now = new Date('2026-03-12T16:00:01.000Z')
  await goOff(svc)
  await goOff(svc)
  expect(await told(tasks.left.id, 'TASK_OVERDUE')).toEqual(['of-de for 陈晓雨', 'of-de-too for 陈晓雨'])
  expect(await told(tasks.deep.id, 'TASK_OVERDUE')).toEqual(['of-de-too for kim'])
  expect(await told(tasks.none.id, 'TASK_OVERDUE')).toEqual(['ada for none'])
  expect(await told(tasks.stood.id, 'TASK_OVERDUE')).toEqual(['sub for stood'])
})

test('handledBy names whoever answers now and nobody who has left', async () => {
  clock.now = new Date('2026-03-12T16:00:01.000Z')
  const handler = async (id: string, tenant = 'acme') => {
    const HANDLED = 'query ($id: ID!) { task(id: $id) { assignee { id } handledBy { id } } }'
    return (await svc.as({ roles: ['admin'], tenant }).query(HANDLED, { id })).task
  }
  const expected = {
    left: ['陈晓雨', 'of-de'],
    deep: ['kim', 'of-de-too'],
    none: ['none', 'ada'],
    stood: ['stood', 'sub'],
  }
  for (const [name, [assignee, handledBy]] of Object.entries(expected)) {
    expect(await handler(tasks[name as keyof typeof tasks].id)).toEqual({
      assignee: { id: staffEntityId(assignee!) },
      handledBy: { id: staffEntityId(handledBy!) },
    })
  }
  const tenant = 'umbrella'
  await svc.deliver(staffRecorded, aMember('tom', { territories: ['emea'], roles: null }), { tenant })
  await svc.drain()
  const input = { title: 'x', assigneeId: 'tom', dueAt: '2026-03-12T16:00:00.000Z' }
  const CREATE = 'mutation ($input: CreateTaskInput!) { createTask(input: $input) { id } }'
  const { id } = (await svc.as({ roles: ['admin'], tenant }).mutate(CREATE, { input })).createTask
  expect(await handler(id, tenant)).toMatchObject({ handledBy: { id: staffEntityId('tom') } })
  await svc.deliver(staffRecorded, { ...aMember('tom', { roles: null, active: false }), version: 2 }, { tenant })
  await svc.drain()
  expect(await handler(id, tenant)).toEqual({ assignee: { id: staffEntityId('tom') }, handledBy: null })
})

test('a service that asks for a task of somebody who has left tells their managers', async () => {
  const request = { ...surveysTaskRequested.example, id: randomUUID(), key: 'low:1', customerId: null }
  await svc.deliver(surveysTaskRequested, { ...request, assigneeId: '陈晓雨', teamKey: null, remindAt: null })
  await svc.drain()
  const { tasks } = await svc.as('admin').query('{ tasks(first: 50) { nodes { id source { key } } } }')
  const { id } = tasks.nodes.find(({ source }: any) => source?.key === 'low:1')
  expect(await told(id, 'TASK_ASSIGNED')).toEqual(['of-de for 陈晓雨', 'of-de-too for 陈晓雨'])
})

test('where the identity provider tells no roles nobody is known to answer for it, and it stays with whoever has left', async () => {
  const tenant = 'initech'
  const request = { ...surveysTaskRequested.example, id: randomUUID(), key: 'low:2', customerId: null }
  await svc.deliver(staffRecorded, aMember('mia', { territories: ['emea'], roles: null }), { tenant })
  await svc.deliver(staffRecorded, aMember('tom', { territories: ['emea'], roles: null, active: false }), { tenant })
  await svc.deliver(surveysTaskRequested, { ...request, assigneeId: 'tom', teamKey: null, remindAt: null }, { tenant })
  await svc.drain()
  const { tasks } = await svc.as({ roles: ['admin'], tenant }).query('{ tasks { nodes { id } } }')
  expect(await told(tasks.nodes[0].id, 'TASK_ASSIGNED')).toEqual(['tom for null'])
})

test.each([
  ['of whom nobody stands in for', 'gones', 'of-emea'],
  ['of whom somebody stands in for', 'stoods', 'sub'],
  ['who is here', 'of', 'sub'],
] as const)('an automation gives a task for an owner %s to who is here', async (_, customer, assigneeId) => {
  const id = randomUUID()
  const task = { kind: 'call', title: 'call', note: null, priority: 'NORMAL', dueInHours: 1, inWorkingHours: false }
  const action = { createTask: { ...task, assignee: { owner: true } } }
  addRequested('acme', id, action, { authorId: 'of-emea', authorTerritories: ['emea'] })
  const request = {
    ...automationActionRequested.example,
    id,
    customerId: customers[customer],
    kind: 'CREATE_TASK' as const,
  }
  await svc.deliver(automationActionRequested, request)
  await svc.drain()
  await svc.relay()
  const [answer] = (await svc.published(interactionsAutomationActionAnswered)).filter((one) => one.id === id)
  expect(answer).toMatchObject({ outcome: 'DONE', reason: null })
  const { task: made } = await svc
    .as('admin')
    .query('query ($id: ID!) { task(id: $id) { assigneeId } }', { id: answer!.made!.id })
  expect(made).toEqual({ assigneeId })
})
