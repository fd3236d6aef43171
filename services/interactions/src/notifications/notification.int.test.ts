import { randomUUID } from 'node:crypto'
import { notificationCreated, staffChanged, staffEntityId, staffRecorded } from '@clientele/contracts'
import { goOff, startForTest, type TestActor } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { customersOf } from '../../fixture/customers.js'
import { aMember, knownTeams, logistics } from '../../fixture/staff.js'
import { createTasks } from '../../fixture/tasks.js'
import { createVisits } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const svc = await startForTest(interactions, { now: () => clock.now })
const at = (time: string) => {
  clock.now = new Date(time)
}
beforeEach(() => at('2026-03-10T08:00:00.000Z'))

const { customer } = await customersOf(svc, { customer: { territory: 'emea/de', ownerId: 'owner' } })
const { run, create } = createTasks(svc, { customerId: customer, dueAt: '2026-03-12T16:00:00.000Z' })
const as = (subject: string, role = 'sales'): TestActor => ({ roles: [role], subject, territories: ['emea'] })

const away = { absences: [{ ...staffRecorded.example.absences[0]!, from: '2026-03-11', until: '2026-03-12' }] }
const substitute = (sub: string) => ({ substitute: staffEntityId(sub) })
/** Somebody new, so that what one test says of them nobody else is told. */
const somebody = async (fields: Parameters<typeof aMember>[1] = {}) => {
  const sub = randomUUID()
  await svc.deliver(staffRecorded, aMember(sub, fields))
  await svc.drain()
  return sub
}
const LIST = `query ($filter: NotificationFilter, $first: Int = 20, $after: String) {
  notifications(filter: $filter, first: $first, after: $after) {
    nodes { id kind text readAt createdAt customerId customer { id } subject { type id } standsInForId standsInFor { id } redactedFields }
    totalCount pageInfo { hasNextPage endCursor } } unreadNotificationCount }`
const inbox = async (subject: string, variables: object = {}, role?: string) =>
  svc.as(as(subject, role)).query(LIST, variables)
const told = async (subject: string) =>
  (await inbox(subject)).notifications.nodes.map((one: { kind: string; subject: { id: string } }) => [
    one.kind,
    one.subject.id,
  ])

test('of a moment that has passed nobody is told again when a task is taken up again', async () => {
  const me = await somebody()
  const [late, early, off] = [
    await create({ assigneeId: me }),
    await create({ assigneeId: me }),
    await create({ assigneeId: me }),
  ]
  const overdue = async (id: string) =>
    (await told(me)).filter(([kind, of]: string[]) => kind === 'TASK_OVERDUE' && of === id)
  await run('completeTask', { id: early.id }, as(me))
  at('2026-03-13T00:00:00.000Z')
  await goOff(svc)
  await run('completeTask', { id: late.id })
  await run('cancelTask', { id: off.id })
  at('2026-03-14T00:00:00.000Z')
  for (const { id } of [late, early, off]) await run('reopenTask', { id })
  await goOff(svc)
  // Whoever was done in time is told once, when it turns out that they are not.
  for (const { id } of [late, early, off]) expect(await overdue(id)).toHaveLength(1)
  await run('updateTask', { id: late.id, dueAt: '2026-03-15T00:00:00.000Z' })
  at('2026-03-15T00:00:00.000Z')
  await goOff(svc)
  expect(await overdue(late.id)).toHaveLength(2)
})

test('whoever does a task is reminded at its moment, and warned when it is due, once, also after downtime', async () => {
  const me = await somebody()
  const task = { assigneeId: me, remindAt: '2026-03-11T08:00:00.000Z' }
  const { id } = await create(task)
  const later = await create({ ...task, remindAt: '2026-03-14T08:00:00.000Z', dueAt: '2026-03-15T08:00:00.000Z' })
  const given = [
    ['TASK_ASSIGNED', later.id],
    ['TASK_ASSIGNED', id],
  ]
  await goOff(svc)
  expect(await told(me)).toEqual(expect.arrayContaining(given))
  at('2026-03-13T00:00:00.000Z')
  await goOff(svc)
  await goOff(svc)
  const all = await told(me)
  expect(all).toHaveLength(4)
  expect(all).toEqual(expect.arrayContaining([...given, ['TASK_REMINDER', id], ['TASK_OVERDUE', id]]))
  await svc.relay()
  const published = (await svc.published(notificationCreated)).filter(({ recipientId }) => recipientId === me)
  expect(published).toHaveLength(4)
  expect(published).toContainEqual({
    ...{ id: expect.any(String), version: 1, kind: 'TASK_REMINDER', recipientId: me, standsInForId: null },
    ...{ customerId: customer, about: { type: 'task', id } },
  })
})

test('a reminder moves with its task, goes to whoever has it then, and ends with it', async () => {
  const [me, other] = [await somebody(), await somebody()]
  const remindAt = '2026-03-11T08:00:00.000Z'
  const tasks = { assigneeId: me, remindAt, dueAt: '2026-03-20T08:00:00.000Z' }
  const [snoozed, handedOver, done, cancelled, cleared] = [
    await create(tasks, as(me)),
    await create(tasks, as(me)),
    await create(tasks, as(me)),
    await create(tasks, as(me)),
    await create(tasks, as(me)),
  ] as const
  await run('snoozeTask', { id: snoozed.id, until: '2026-03-12T08:00:00.000Z' })
  await run('assignTask', { id: handedOver.id, assigneeId: other }, as(other))
  await run('completeTask', { id: done.id }, as(me))
  await run('cancelTask', { id: cancelled.id }, as(me))
  await run('updateTask', { id: cleared.id, remindAt: null })
  at(remindAt)
  await goOff(svc)
  const given = ['TASK_REASSIGNED', handedOver.id]
  expect([await told(me), await told(other)]).toEqual([[given], [['TASK_REMINDER', handedOver.id]]])
  await run('updateTask', { id: handedOver.id, title: 'something else' })
  at('2026-03-12T08:00:00.000Z')
  await goOff(svc)
  expect([await told(me), await told(other)]).toEqual([
    [['TASK_REMINDER', snoozed.id], given],
    [['TASK_REMINDER', handedOver.id]],
  ])
  expect(await run('reopenTask', { id: done.id })).toMatchObject({ remindAt: null })
  await goOff(svc)
  expect(await told(me)).toHaveLength(2)
})

test('while somebody is away the first of the chain who is here is told for them, and no circle has no end', async () => {
  const third = await somebody()
  const second = await somebody({ ...away, ...substitute(third) })
  const first = await somebody({ ...away, ...substitute(second) })
  await svc.deliver(staffChanged, { ...aMember(third, substitute(first)), version: 2, changedFields: ['substitute'] })
  await svc.drain()
  const { id } = await create({ assigneeId: first, remindAt: '2026-03-11T12:00:00.000Z' }, as(first))
  const HANDLED = 'query ($id: ID!) { task(id: $id) { assignee { id } handledBy { id } } }'
  const handledBy = async () => (await svc.as('manager').query(HANDLED, { id })).task
  expect(await handledBy()).toEqual({ assignee: { id: first }, handledBy: { id: first } })
  at('2026-03-11T12:00:00.000Z')
  await goOff(svc)
  expect(await handledBy()).toEqual({ assignee: { id: first }, handledBy: { id: third } })
  expect([await told(first), await told(second), await told(third)]).toEqual([[], [], [['TASK_REMINDER', id]]])
  const [mine] = (await inbox(third)).notifications.nodes
  expect(mine).toMatchObject({ standsInForId: first, standsInFor: { id: first } })
  await run('completeTask', { id }, as(third, 'service'))

  await svc.deliver(staffChanged, {
    ...aMember(third, { ...away, ...substitute(first) }),
    version: 3,
    changedFields: [],
  })
  await svc.drain()
  const own = await create({ assigneeId: first, remindAt: '2026-03-12T12:00:00.000Z' }, as(first))
  at('2026-03-12T12:00:00.000Z')
  await goOff(svc)
  expect(await told(first)).toEqual([
    ['TASK_REMINDER', own.id],
    ['TASK_COMPLETED', id],
  ])
})

test('of a task of a team its members are told who are here; all of them where nobody is', async () => {
  const key = { teams: [logistics] }
  const [here, gone] = [await somebody(key), await somebody({ ...key, ...away })]
  const left = await somebody({ ...key, active: false })
  const { id } = await create({ teamKey: logistics, remindAt: '2026-03-11T12:00:00.000Z' }, as(here))
  expect([await told(here), await told(gone), await told(left)]).toEqual([[], [['TASK_ASSIGNED', id]], []])
  at('2026-03-11T12:00:00.000Z')
  await goOff(svc)
  expect([await told(here), await told(gone)]).toEqual([[['TASK_REMINDER', id]], [['TASK_ASSIGNED', id]]])
  for (const sub of [here, gone]) {
    await svc.deliver(staffChanged, { ...aMember(sub), version: 2, changedFields: ['teams'] })
  }
  await svc.drain()
})

test('of two who give a task away at once each is told once, and nobody of what they do themselves', async () => {
  const [one, other, giver] = [await somebody(), await somebody(), await somebody()]
  const { id } = await create({ assigneeId: giver }, as(giver))
  await Promise.all([
    run('assignTask', { id, assigneeId: one }, as(giver)),
    run('assignTask', { id, assigneeId: other }, as(giver)),
  ])
  const all = [...(await told(one)), ...(await told(other))]
  const ofKind = (list: string[][], kind: string) => list.filter(([one]) => one === kind)
  // Whoever came first has had it for a moment.
  expect([ofKind(all, 'TASK_ASSIGNED').length, ofKind(all, 'TASK_REASSIGNED').length, all.length]).toEqual([2, 1, 3])
  expect(await told(giver)).toEqual([])
  await run('assignTask', { id, assigneeId: one }, as(giver))
  await run('assignTask', { id, assigneeId: one }, as(giver))
  expect(ofKind(await told(one), 'TASK_ASSIGNED').length).toBeLessThanOrEqual(2)
})

test('visits and complaints tell whom they are given to, escalated ones the owner of their customer too', async () => {
  const me = await somebody({ teams: ['quality'] })
  await knownTeams(svc, ['quality'])
  const { plan } = createVisits(svc, customer)
  const visit = await plan({ assigneeId: me })
  await plan({ assigneeId: me }, as(me))
  const complaints = createComplaints(svc, customer)
  const { id } = await complaints.at('ACKNOWLEDGED')
  const assessment = { id, category: 'c', severity: 'LOW', ownerTeam: 'quality' }
  await complaints.run('assessComplaint', assessment)
  await complaints.run('assessComplaint', { ...assessment, category: 'd' })
  await complaints.run('escalateComplaint', { id })
  await complaints.run('escalateComplaint', { id })
  const found = await told(me)
  expect(found).toHaveLength(3)
  expect(found).toEqual(
    expect.arrayContaining([
      ['VISIT_ASSIGNED', visit.id],
      ['COMPLAINT_ASSIGNED', id],
      ['COMPLAINT_ESCALATED', id],
    ]),
  )
  expect(await told('owner')).toEqual([['COMPLAINT_ESCALATED', id]])
})

test('what it says is in the language of its reader, with what its subject is called now', async () => {
  const [de, zh] = [await somebody({ language: 'de' }), await somebody({ language: 'zh-Hans' })]
  const texts = async (subject: string, role?: string) =>
    (await inbox(subject, {}, role)).notifications.nodes.map(({ text }: { text: string }) => text)
  const { id } = await create({ assigneeId: de, title: 'Call' })
  await create({ assigneeId: zh, title: '回电 📞' })
  await run('updateTask', { id, title: 'مكالمة' })
  expect([await texts(de), await texts(zh)]).toEqual([['New task: مكالمة'], ['新任务：回电 📞']])
  const { notifications } = await inbox(de, {}, 'analyst')
  expect(notifications.nodes).toMatchObject([{ text: null, redactedFields: ['text'], kind: 'TASK_ASSIGNED' }])
})

const MARK = 'mutation ($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { marked } }'

test('everybody has their own, in pages, and marks them as read, once', async () => {
  const [me, other] = [await somebody(), await somebody()]
  const made: string[] = []
  for (let n = 0; n < 5; n++) made.unshift((await create({ assigneeId: me })).id)
  await create({ assigneeId: other })
  const mark = async (input: object, subject = me) =>
    (await svc.as(as(subject)).mutate(MARK, { input })).markNotificationsRead.marked
  const { notifications, unreadNotificationCount } = await inbox(me, { first: 3 })
  expect([notifications.totalCount, unreadNotificationCount]).toEqual([5, 5])
  const { nodes } = (await inbox(me, { after: notifications.pageInfo.endCursor })).notifications
  expect([...notifications.nodes, ...nodes].map(({ subject }) => subject.id).toSorted()).toEqual(made.toSorted())
  const ids = notifications.nodes.map(({ id }: { id: string }) => id)
  expect(await mark({ ids }, other)).toBe(0)
  expect(await mark({ ids: [...ids, randomUUID()] })).toBe(3)
  expect(await mark({ ids })).toBe(0)
  const unread = await inbox(me, { filter: { unread: true } })
  expect([unread.notifications.totalCount, unread.unreadNotificationCount]).toEqual([2, 2])
  expect(
    (await inbox(me, { filter: { not: { unread: true }, kind: { eq: 'TASK_ASSIGNED' } } })).notifications,
  ).toMatchObject({
    totalCount: 3,
  })
  expect(await mark({ all: true })).toBe(2)
  expect((await inbox(other)).unreadNotificationCount).toBe(1)
  const both = { fields: [{ path: 'input.ids', reason: 'notification.ids_or_all' }] }
  for (const input of [{}, { ids, all: true }]) await expect(mark(input)).rejects.toMatchObject(both)
})

test('they are forgotten when they are as old as they get', async () => {
  const me = await somebody()
  await create({ assigneeId: me })
  const forget = svc.jobs.find(({ name }) => name === 'interactions-forget-notifications')!
  at('2026-06-07T08:00:00.000Z')
  await forget.run()
  expect(await told(me)).toHaveLength(1)
  at('2026-06-09T08:00:00.000Z')
  await forget.run()
  expect(await told(me)).toEqual([])
})
