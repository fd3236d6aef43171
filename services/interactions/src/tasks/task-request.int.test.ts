import { randomUUID } from 'node:crypto'
import {
  notificationCreated,
  profilesTaskRequested,
  staffRecorded,
  surveysTaskRequested,
  taskCompleted,
  taskCreated,
} from '@clientele/contracts'
import { goOff, startForTest } from '@clientele/testkit'
import { knownCustomer } from '../../fixture/customers.js'
import { aMember, leave, logistics } from '../../fixture/staff.js'
import { createTasks } from '../../fixture/tasks.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const svc = await startForTest(interactions, { now: () => clock.now, backoff: [1] })
const customerId = await knownCustomer(svc)
for (const sub of ['ann', 'leo']) await svc.deliver(staffRecorded, aMember(sub, { teams: [logistics] }))
await leave(svc, 'leo')
const { run } = createTasks(svc)

/** What a service asks for. */
const aRequest = (fields: Partial<typeof surveysTaskRequested.example> = {}) => ({
  ...surveysTaskRequested.example,
  ...{ id: randomUUID(), key: `low:${randomUUID()}`, kind: 'survey.follow_up', customerId, assigneeId: 'ann' },
  ...{ dueAt: '2026-03-12T16:00:00.000Z', remindAt: '2026-03-11T08:00:00.000Z' },
  ...fields,
})
const tasksBy = async (keys: readonly string[]) => {
  const LIST = `{ tasks(first: 100) { nodes { id kind title status priority assigneeId teamKey customerId dueAt remindAt subject { type id } source { service key } } } }`
  const { tasks } = await svc.as('admin').query(LIST)
  return tasks.nodes.filter(({ source }: { source: { key: string } | null }) => source && keys.includes(source.key))
}

test('a service asks for a task, whoever does it is told and reminded, and the service learns that it is done', async () => {
  const about = { type: 'response', id: randomUUID() }
  const request = aRequest({ about, priority: 'HIGH' })
  await svc.deliver(surveysTaskRequested, request)
  await svc.drain()
  const [task] = await tasksBy([request.key])
  const source = { service: 'surveys', key: request.key }
  expect(task).toMatchObject({
    ...{
      kind: 'survey.follow_up',
      title: 'survey.follow_up',
      status: 'OPEN',
      priority: 'HIGH',
      assigneeId: 'ann',
      source,
    },
    ...{ customerId, teamKey: null, dueAt: request.dueAt, remindAt: request.remindAt, subject: about },
  })
  clock.now = new Date(request.remindAt!)
  await goOff(svc)
  clock.now = new Date('2026-03-10T08:00:00.000Z')
  await run('completeTask', { id: task.id, outcome: 'customer.reached' }, { roles: ['sales'], subject: 'ann' })
  await svc.relay()
  const of = (one: { id: string }) => one.id === task.id
  expect((await svc.published(taskCreated)).filter(of)).toMatchObject([{ source, about }])
  expect((await svc.published(taskCompleted)).filter(of)).toMatchObject([{ source, outcome: 'customer.reached' }])
  const told = (await svc.published(notificationCreated)).filter((one) => one.about.id === task.id)
  expect(told.map(({ kind, recipientId }) => [kind, recipientId]).toSorted()).toEqual([
    ['TASK_ASSIGNED', 'ann'],
    ['TASK_REMINDER', 'ann'],
  ])
})

test('by one key of one service there is one task, however often and by whichever events it is asked for', async () => {
  const request = aRequest()
  const { id } = await svc.deliver(surveysTaskRequested, request)
  await svc.deliver(surveysTaskRequested, request, { id })
  for (let n = 0; n < 4; n++)
    await svc.deliver(surveysTaskRequested, { ...request, id: randomUUID(), customerId: randomUUID() })
  await svc.deliver(profilesTaskRequested, request)
  await svc.deliver(surveysTaskRequested, request, { tenant: 'globex' })
  await svc.drain()
  const made = await tasksBy([request.key])
  expect(made.map(({ source }: { source: { service: string } }) => source.service).toSorted()).toEqual([
    'profiles',
    'surveys',
  ])
  const globex = await svc.as({ roles: ['admin'], tenant: 'globex' }).query('{ tasks { totalCount } }')
  expect(globex.tasks.totalCount).toBe(1)
  await run('completeTask', { id: made[0].id }, 'admin')
  await svc.deliver(surveysTaskRequested, { ...request, id: randomUUID() })
  await svc.drain()
  expect(await tasksBy([request.key])).toHaveLength(2)
})

test('a team may be asked, and who has left too; a request for nobody, or for two, stops no other', async () => {
  const requests = [
    aRequest({ assigneeId: null, teamKey: logistics, customerId: null, remindAt: null }),
    aRequest({ assigneeId: null }),
    aRequest({ teamKey: logistics }),
    aRequest({ assigneeId: 'leo' }),
  ]
  for (const request of requests) await svc.deliver(surveysTaskRequested, request)
  await svc.drain()
  const made = await tasksBy(requests.map(({ key }) => key))
  expect(made.map(({ assigneeId, teamKey }: any) => [assigneeId, teamKey])).toEqual(
    expect.arrayContaining([
      [null, logistics],
      ['leo', null],
    ]),
  )
  expect(made).toHaveLength(2)
})
