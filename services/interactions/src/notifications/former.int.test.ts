import { randomUUID } from 'node:crypto'
import { staffEntityId, staffRecorded } from '@clientele/contracts'
import { startForTest, type TestActor } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { customersOf } from '../../fixture/customers.js'
import { aMember, leave, logistics } from '../../fixture/staff.js'
import { createTasks } from '../../fixture/tasks.js'
import { createVisits } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const svc = await startForTest(interactions, { now: () => clock.now })
const { customer } = await customersOf(svc, { customer: { territory: 'emea/de' } })
const { run, create } = createTasks(svc, { customerId: customer })
const { run: visit, plan } = createVisits(svc, customer)
const complaints = createComplaints(svc, customer)
const as = (subject: string, role = 'sales'): TestActor => ({ roles: [role], subject, territories: ['emea'] })
const boss = as('boss', 'admin')

/** Somebody new, so that what one test says of them nobody else is told. */
const somebody = async (fields: Parameters<typeof aMember>[1] = {}) => {
  const sub = randomUUID()
  await svc.deliver(staffRecorded, aMember(sub, fields))
  await svc.drain()
  return sub
}
const toldOf = async (subject: string) => {
  const { notifications } = await svc
    .as(as(subject))
    .query('{ notifications { nodes { kind text standsInForId subject { id } } } }')
  return notifications.nodes.filter(({ kind }: { kind: string }) => !kind.endsWith('_ASSIGNED')).toReversed()
}
const kinds = async (subject: string) => (await toldOf(subject)).map(({ kind }: { kind: string }) => kind)

test('whose task somebody else does, calls off or hands over is told so, once', async () => {
  const [me, other] = [await somebody(), await somebody({ language: 'zh-CN' })]
  const done = await create({ assigneeId: me, title: '回电 ☎️' }, boss)
  const off = await create({ assigneeId: me, title: 'visit' }, boss)
  const given = await create({ assigneeId: me, title: 'offer' }, boss)
  await run('completeTask', { id: done.id, outcome: 'customer.reached' }, as(other))
  await run('cancelTask', { id: off.id }, boss)
  await run('assignTask', { id: given.id, assigneeId: other }, boss)
  await run('assignTask', { id: given.id, assigneeId: other }, boss)
  expect(await toldOf(me)).toMatchObject([
    { kind: 'TASK_COMPLETED', text: 'Task done by somebody else: 回电 ☎️', subject: { id: done.id } },
    { kind: 'TASK_CANCELLED', text: 'Task called off by somebody else: visit', subject: { id: off.id } },
    { kind: 'TASK_REASSIGNED', text: 'Task given to somebody else: offer', subject: { id: given.id } },
  ])
  await run('assignTask', { id: given.id, teamKey: logistics }, boss)
  expect(await toldOf(other)).toMatchObject([{ kind: 'TASK_REASSIGNED', text: '任务已转交他人：offer' }])
})

test('nobody is told what they did themselves, and a task of a team is nobody’s in particular', async () => {
  const me = await somebody({ teams: [logistics] })
  for (const verb of ['completeTask', 'cancelTask'] as const) {
    await run(verb, { id: (await create({ assigneeId: me }, boss)).id }, as(me))
    await run(verb, { id: (await create({ teamKey: logistics }, boss)).id }, boss)
  }
  await run('assignTask', { id: (await create({ assigneeId: me }, boss)).id, teamKey: logistics }, as(me))
  expect(await kinds(me)).toEqual([])
})

test('whoever is away finds it when they are back, and who has left is told nothing', async () => {
  const standIn = await somebody()
  const away = [{ ...staffRecorded.example.absences[0]!, from: '2026-03-09', until: '2026-03-12' }]
  const me = await somebody({ absences: away, substitute: staffEntityId(standIn) })
  await run('completeTask', { id: (await create({ assigneeId: me }, boss)).id }, as(standIn))
  expect(await toldOf(me)).toMatchObject([{ kind: 'TASK_COMPLETED', standsInForId: null }])
  expect(await kinds(standIn)).toEqual([])
  const gone = await somebody()
  const { id } = await create({ assigneeId: gone }, boss)
  await leave(svc, gone)
  await run('assignTask', { id, assigneeId: standIn }, boss)
  expect(await kinds(gone)).toEqual([])
})

test('the name of what was handed over is what it is called now, and goes with what it names', async () => {
  const me = await somebody()
  const given = await create({ assigneeId: me, title: 'offer' }, boss)
  await run('assignTask', { id: given.id, assigneeId: await somebody() }, boss)
  await run('updateTask', { id: given.id, title: 'new offer' }, boss)
  expect(await toldOf(me)).toMatchObject([{ text: 'Task given to somebody else: new offer' }])
  const { rows } = await svc.database.system.query(
    "select count(message)::int as copies from notification where kind = 'TASK_REASSIGNED'",
  )
  expect(rows).toEqual([{ copies: 0 }])
  const em = svc.database.fork({ ...boss, subject: 'boss', tenant: 'acme', kind: 'person' } as never, clock.now)
  await em.execute('delete from task where id = ?', [given.id])
  expect(await toldOf(me)).toMatchObject([{ text: 'Task given to somebody else: …' }])
})

test('so it is with visits and complaints that are handed over, and visits that are called off', async () => {
  const [me, other] = [await somebody(), await somebody()]
  const mine = await plan({ assigneeId: me, purpose: '季度回访' }, boss)
  const off = await plan({ assigneeId: me, purpose: 'demo' }, boss)
  const complaint = await complaints.receive()
  await complaints.run('assignComplaint', { id: complaint.id, assigneeId: me }, boss)
  await visit('assignVisit', { id: mine.id, assigneeId: other }, boss)
  await visit('cancelVisit', { id: off.id, reason: 'ill' }, boss)
  await complaints.run('assignComplaint', { id: complaint.id, assigneeId: null }, boss)
  expect((await toldOf(me)).map(({ text }: { text: string }) => text)).toEqual([
    'Visit is no longer yours: 季度回访',
    'Visit called off by somebody else: demo',
    `Complaint is no longer yours: ${complaint.number}`,
  ])
  expect(await kinds(other)).toEqual([])
})

test('so it is with visits that others make, and complaints that others close or note as withdrawn', async () => {
  const me = await somebody()
  const made = await plan({ assigneeId: me, purpose: '季度回访' }, boss)
  const complaint = await complaints.receive()
  await complaints.run('assignComplaint', { id: complaint.id, assigneeId: me }, boss)
  const decided = await complaints.at('DECISION_COMMUNICATED')
  await complaints.run('assignComplaint', { id: decided.id, assigneeId: me }, boss)
  const own = await complaints.receive()
  await complaints.run('assignComplaint', { id: own.id, assigneeId: me }, boss)
  const startedAt = '2026-03-10T07:00:00Z'
  await visit('completeVisit', { id: made.id, startedAt, report: { summary: 'ok' } }, boss)
  await complaints.run('withdrawComplaint', { id: complaint.id }, boss)
  await complaints.run('recordCustomerReply', { id: decided.id }, boss)
  await complaints.run('closeComplaint', { id: decided.id }, boss)
  await complaints.run('withdrawComplaint', { id: own.id }, as(me, 'admin'))
  expect((await toldOf(me)).map(({ text }: { text: string }) => text)).toEqual([
    'Visit completed by somebody else: 季度回访',
    `Complaint noted as withdrawn by somebody else: ${complaint.number}`,
    `Complaint closed by somebody else: ${decided.number}`,
  ])
})

test('so it is with visits that others declare void, and complaints that others mark as repetitions', async () => {
  const me = await somebody()
  const mistaken = await plan({ assigneeId: me, purpose: '新品演示' }, boss)
  const own = await plan({ assigneeId: me }, boss)
  const [original, repeated] = [await complaints.receive(), await complaints.receive()]
  await complaints.run('assignComplaint', { id: repeated.id, assigneeId: me }, boss)
  for (const [id, actor] of [
    [mistaken.id, boss],
    [mistaken.id, boss],
    [own.id, as(me, 'admin')],
  ] as const) {
    await visit('voidVisit', { id, reason: 'entered twice' }, actor)
  }
  await complaints.run('markComplaintDuplicate', { id: repeated.id, duplicateOfId: original.id }, boss)
  expect((await toldOf(me)).map(({ text }: { text: string }) => text)).toEqual([
    'Visit declared void by somebody else: 新品演示',
    `Complaint marked as a duplicate by somebody else: ${repeated.number}`,
  ])
})

test('whose whole work is handed over is told once how much it was', async () => {
  const [me, other] = [await somebody(), await somebody()]
  for (const title of ['one', 'two']) await create({ assigneeId: me, title }, boss)
  const REASSIGN = 'mutation ($input: ReassignWorkInput!) { reassignWork(input: $input) { status } }'
  await svc.as(boss).mutate(REASSIGN, { input: { fromId: me, assigneeId: other } })
  expect(await toldOf(me)).toMatchObject([
    { kind: 'WORK_REASSIGNED', text: 'Work of yours was given to somebody else: 2' },
  ])
})
