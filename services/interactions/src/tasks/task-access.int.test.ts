import { staffChanged, staffEntityId, staffRecorded } from '@clientele/contracts'
import { startForTest, type TestActor } from '@clientele/testkit'
import { customersOf } from '../../fixture/customers.js'
import { aMember, logistics } from '../../fixture/staff.js'
import { createTasks, taskDocuments } from '../../fixture/tasks.js'
import { interactions } from '../service.js'

const svc = await startForTest(interactions)
const { near, far } = await customersOf(svc, { near: { territory: 'emea/de' }, far: { territory: 'amer' } })
const substitute = (sub: string) => ({ substitute: staffEntityId(sub) })
for (const member of [
  aMember('ann', substitute('ben')),
  aMember('ben', substitute('cai')),
  aMember('cai', substitute('ann')),
  aMember('team-mate', { teams: [logistics] }),
  aMember('stranger', { teams: ['quality'] }),
])
  await svc.deliver(staffRecorded, member)
await svc.drain()
const { create } = createTasks(svc)

const as = (role: string, subject = 'somebody'): TestActor => ({ roles: [role], subject, territories: ['emea'] })
const outcome = (asked: Promise<unknown>) =>
  asked.then(
    () => 'OK',
    ({ code, reason }) => `${code} ${reason}`,
  )
const READ = 'query ($id: ID!) { task(id: $id) { id } }'
/** Whether somebody reads a task, and changes it. */
const access = async (actor: TestActor, id: string) => [
  await outcome(svc.as(actor).query(READ, { id })),
  await outcome(svc.as(actor).mutate(taskDocuments.updateTask, { input: { id } })),
]
const both = ['OK', 'OK']
const none = ['NOT_FOUND task.unknown', 'NOT_FOUND task.unknown']

test('a task is reached by whoever does it, their substitutes, and whoever created it', async () => {
  const { id } = await create({ assigneeId: 'ann', customerId: far }, { ...as('admin', 'boss') })
  expect(await access(as('sales', 'ann'), id)).toEqual(both)
  expect(await access(as('sales', 'ben'), id)).toEqual(both)
  expect(await access(as('sales', 'cai'), id)).toEqual(both)
  expect(await access(as('sales', 'boss'), id)).toEqual(both)
  expect(await access(as('service', 'ann'), id)).toEqual(both)
  expect(await access(as('sales', 'team-mate'), id)).toEqual(none)
  expect(await access({ ...as('sales', 'ann'), tenant: 'globex' }, id)).toEqual(none)
})

test('a task of a team is reached by its members, as long as they are', async () => {
  const { id } = await create({ teamKey: logistics }, as('admin', 'boss'))
  expect(await access(as('service', 'team-mate'), id)).toEqual(both)
  expect(await access(as('sales', 'stranger'), id)).toEqual(none)
  await svc.deliver(staffChanged, { ...aMember('team-mate'), version: 2, changedFields: ['teams'] })
  await svc.drain()
  expect(await access(as('sales', 'team-mate'), id)).toEqual(none)
})

test('a task about a customer is reached as the customer is', async () => {
  const { id } = await create({ assigneeId: 'ann', customerId: near }, as('admin', 'boss'))
  const refused = ['OK', 'FORBIDDEN access_scope']
  expect(await access(as('manager'), id)).toEqual(both)
  expect(await access(as('sales'), id)).toEqual(both)
  expect(await access({ ...as('sales'), territories: ['amer'] }, id)).toEqual(none)
  expect(await access(as('service'), id)).toEqual(refused)
  expect(await access(as('privacy_officer'), id)).toEqual(refused)
  expect(await access(as('analyst'), id)).toEqual(['OK', 'FORBIDDEN role'])
  const { tasks } = await svc
    .as({ ...as('sales', 'stranger'), territories: ['amer'] })
    .query('{ tasks { totalCount } }')
  expect(tasks.totalCount).toBe(1)
})

test('nobody gives out a task about a customer whom they do not reach', async () => {
  const tried = create({ assigneeId: 'ann', customerId: far }, as('sales', 'ann'))
  await expect(tried).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'customer.unknown' })
  await expect(create({ assigneeId: 'ann' }, as('analyst'))).rejects.toMatchObject({
    code: 'FORBIDDEN',
    reason: 'role',
  })
})

test('an analyst sees no texts but of what is their own with another role, and cannot filter by them', async () => {
  const { id } = await create({ assigneeId: 'ann', note: '秘密' }, as('admin', 'boss'))
  const { id: others } = await create({ assigneeId: 'team-mate', note: '秘密' }, as('admin', 'boss'))
  const SEEN = 'query ($id: ID!) { task(id: $id) { title note redactedFields } }'
  const seen = async (actor: TestActor, of: string) => (await svc.as(actor).query(SEEN, { id: of })).task
  const hidden = ['title', 'note', 'result.note', 'cancellation.reason']
  expect(await seen(as('analyst'), id)).toEqual({
    title: null,
    note: null,
    redactedFields: expect.arrayContaining(hidden),
  })
  const two = { ...as('analyst', 'ann'), roles: ['analyst', 'sales'] }
  expect(await seen(two, id)).toMatchObject({ note: '秘密', redactedFields: [] })
  expect(await seen({ ...two, subject: 'ben' }, id)).toMatchObject({ note: '秘密', redactedFields: [] })
  expect(await seen(two, others)).toMatchObject({ note: null })
  await expect(
    svc.as(as('analyst')).query('{ tasks(filter: { title: { contains: "x" } }) { totalCount } }'),
  ).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'field.hidden' })
})
