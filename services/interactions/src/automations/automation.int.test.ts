import { randomUUID } from 'node:crypto'
import {
  automationActionRequested,
  interactionsAutomationActionAnswered,
  staffEntityId,
  staffRecorded,
  taskCreated,
  teamCreated,
} from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { addCustomer, profilesFixture } from '@clientele/testkit/profiles'
import { addRequested, segmentationFixture } from '@clientele/testkit/segmentation'
import { knownCustomer } from '../../fixture/customers.js'
import { aMember, aTeam, leave } from '../../fixture/staff.js'
import { interactions } from '../service.js'

const svc = await startForTest(interactions, { backoff: [1], beside: [segmentationFixture, profilesFixture] })
const customerId = await knownCustomer(svc)
await svc.deliver(teamCreated, aTeam('empty'))
for (const sub of ['ann', 'leo', 'gone']) await svc.deliver(staffRecorded, aMember(sub, { roles: ['sales'] }))
await svc.deliver(staffRecorded, aMember('mia', { roles: ['manager'], territories: ['*'] }))
await svc.deliver(staffRecorded, aMember('x', { roles: null }))
await svc.deliver(staffRecorded, aMember('dan', { roles: ['manager'], territories: ['apac'] }))
await svc.drain()
await leave(svc, 'gone', { roles: ['manager'] })

type Request = (typeof automationActionRequested)['example']

const aTask = (fields: object = {}) => ({
  createTask: {
    ...{ kind: 'call.back', title: '回电 📞 اتصل', note: null, priority: 'HIGH', dueInHours: 4, inWorkingHours: false },
    ...{ assignee: { assigneeId: 'ann' }, ...fields },
  },
})
const aNotice = (to: object) => ({ notify: { text: '请注意 ⚠️', to } })
const request = async (fields: Partial<Request> = {}, tenant = 'acme') => {
  const { data } = await svc.deliver(
    automationActionRequested,
    { ...automationActionRequested.example, id: randomUUID(), customerId, kind: 'CREATE_TASK', ...fields },
    { tenant },
  )
  return data
}
const asking = async (action: object, told: object = {}, fields: Partial<Request> = {}) => {
  const id = randomUUID()
  addRequested('acme', id, action, told)
  return request({ id, ...fields })
}
const answerTo = async ({ id }: { id: string }) => {
  await svc.drain()
  await svc.relay()
  const all = (await svc.published(interactionsAutomationActionAnswered)).filter((one) => one.id === id)
  expect(all.length).toBeLessThan(2)
  return all[0]
}
const tasksOf = async (id: string) => {
  const { tasks } = await svc
    .as('admin')
    .query(
      '{ tasks(first: 100) { nodes { title assigneeId teamKey customerId source { key } createdBy creator { id } } } }',
    )
  return tasks.nodes.filter(({ source }: any) => source?.key === `automation:${id}`)
}

test('a task is created on behalf of the author, and the answer says which', async () => {
  const asked = await asking(aTask())
  const answer = await answerTo(asked)
  expect(answer).toMatchObject({ outcome: 'DONE', reason: null, made: { type: 'task' }, customerId })
  const made = { createdBy: 'service:interactions', creator: { id: staffEntityId('mia') } }
  expect(await tasksOf(asked.id)).toMatchObject([{ title: '回电 📞 اتصل', assigneeId: 'ann', customerId, ...made }])
  expect((await svc.published(taskCreated)).filter(({ id }) => id === answer!.made!.id)).toHaveLength(1)
  const { rows } = await svc.database.system.query(
    `select on_behalf_of, on_behalf_kind from audit_entry where entity_id = $1`,
    [answer!.made!.id],
  )
  expect(rows).toEqual([{ on_behalf_of: 'mia', on_behalf_kind: 'automation' }])
})

test.each<[string, object, object, Partial<Request>, string]>([
  ['of an author who has left', aTask(), { authorId: 'gone' }, {}, 'REFUSED staff.left'],
  ['of one that was stopped', aTask(), { status: 'STOPPED' }, {}, 'REFUSED automation.stopped'],
  ['of a draft', aTask(), { status: 'DRAFT' }, {}, 'REFUSED automation.stopped'],
  [
    'of an author who may tell nobody any more',
    aNotice({ assigneeId: 'leo' }),
    { authorId: 'ann' },
    { kind: 'NOTIFY' },
    'REFUSED role',
  ],
  [
    'of an author whose roles nobody tells and who had none',
    aTask(),
    { authorId: 'x', authorRoles: [] },
    {},
    'REFUSED role',
  ],
  ['of an author who does not reach the customer', aTask(), { authorId: 'dan' }, {}, 'FAILED customer.unknown'],
  ['about a customer who is nobody', aTask(), {}, { customerId: randomUUID() }, 'FAILED customer.unknown'],
  ['that interactions does not do', { tag: ['x'] }, {}, {}, 'FAILED automation.other_action'],
  ['that says nothing', {}, {}, {}, 'FAILED automation.other_action'],
  ['for somebody who has left', aTask({ assignee: { assigneeId: 'gone' } }), {}, {}, 'FAILED staff.left'],
  ['for a team in which nobody works', aTask({ assignee: { teamKey: 'empty' } }), {}, {}, 'FAILED team.nobody'],
])('an action %s is not done, and the answer says why', async (_, action, told, fields, expected) => {
  const asked = await asking(action, told, fields)
  const answer = await answerTo(asked)
  expect(`${answer?.outcome} ${answer?.reason}`).toBe(expected)
  expect(answer?.made).toBeNull()
  expect(await tasksOf(asked.id)).toEqual([])
})

test('what another service does, and what nobody has requested, leaves no task', async () => {
  expect(await answerTo(await asking(aTask(), {}, { kind: 'TAG' }))).toBeUndefined()
  expect(await answerTo(await request())).toMatchObject({ outcome: 'REFUSED', reason: 'automation.unknown' })
})

test('a request of another tenant is none', async () => {
  const id = randomUUID()
  addRequested('globex', id, aTask())
  expect(await answerTo(await request({ id }))).toMatchObject({ outcome: 'REFUSED', reason: 'automation.unknown' })
  expect(await tasksOf(id)).toEqual([])
})

test('what follows an assignment is for the new owner, also where the event of the assignment has not come yet', async () => {
  const moved = await knownCustomer(svc)
  addCustomer('acme', moved, { ownerId: 'leo', territory: 'emea/de', version: 2 })
  const own = { customerId: moved, customerVersion: 2 }
  const task = await asking(aTask({ assignee: { owner: true } }), {}, own)
  expect(await answerTo(task)).toMatchObject({ outcome: 'DONE' })
  expect(await tasksOf(task.id)).toMatchObject([{ assigneeId: 'leo' }])
  const notice = await asking(aNotice({ owner: true }), {}, { ...own, kind: 'NOTIFY' })
  expect(await answerTo(notice)).toMatchObject({ outcome: 'DONE' })
  const { notifications } = await svc
    .as({ roles: ['sales'], subject: 'leo' })
    .query('{ notifications { nodes { kind customerId } } }')
  expect(notifications.nodes).toContainEqual({ kind: 'AUTOMATION', customerId: moved })
})
