import { randomUUID } from 'node:crypto'
import { complaintUpdated, staffEntityId, staffRecorded } from '@clientele/contracts'
import { outcome, startForTest, type TestActor } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { knownCustomer } from '../../fixture/customers.js'
import { aMember, knownStaff, leave, logistics } from '../../fixture/staff.js'
import { interactions } from '../service.js'

const svc = await startForTest(interactions)
const customerId = await knownCustomer(svc)
const { run, at } = createComplaints(svc, customerId)
await knownStaff(svc, ['陈晓雨', 'kim', 'leo'])
await svc.deliver(staffRecorded, aMember('mia', { teams: [logistics] }))
await svc.deliver(staffRecorded, aMember('stand-in'))
await svc.deliver(staffRecorded, aMember('away', { substitute: staffEntityId('stand-in') }))
await leave(svc, 'leo')

const as = (subject: string, role = 'sales'): TestActor => ({ subject, roles: [role], territories: [] })
const read = (id: string, actor: TestActor) =>
  outcome(svc.as(actor).query('query ($id: ID!) { complaint(id: $id) { id } }', { id }))
const agenda = async (subject: string) => {
  const { myAgenda } = await svc.as(as(subject)).query('{ myAgenda(first: 50) { nodes { id standsInForId } } }')
  return myAgenda.nodes
}
const told = async (subject: string) => {
  const { notifications } = await svc.as(as(subject)).query('{ notifications { nodes { kind subject { id } text } } }')
  return notifications.nodes
}

test('an open complaint is given to somebody, of its team or not, and back', async () => {
  const { id, steps } = await at('ASSESSED')
  const given = await run('assignComplaint', { id, assigneeId: ' 陈晓雨 ' })
  expect(given).toMatchObject({ assigneeId: '陈晓雨', assignee: { id: staffEntityId('陈晓雨') }, ownerTeam: logistics })
  expect(given.steps).toEqual(steps)
  const again = await run('assignComplaint', { id, assigneeId: staffEntityId('陈晓雨') })
  expect(again.version).toBe(given.version)
  expect(await run('assignComplaint', { id })).toMatchObject({ assigneeId: null, assignee: null })
  await svc.relay()
  const events = (await svc.published(complaintUpdated)).filter((data) => data.id === id)
  expect(events).toMatchObject([
    { assigneeId: '陈晓雨', changedFields: ['assigneeId'] },
    { assigneeId: null, changedFields: ['assigneeId'] },
  ])
})

test('whoever is nobody, has left, or is late is refused, and so is a complaint that is over', async () => {
  const { id, version } = await at('RECEIVED')
  const fault = (reason: string) => ({ code: 'INVALID', fields: [{ path: 'input.assigneeId', reason }] })
  await expect(run('assignComplaint', { id, assigneeId: 'leo' })).rejects.toMatchObject(fault('staff.left'))
  await expect(run('assignComplaint', { id, assigneeId: 'a b' })).rejects.toMatchObject({ code: 'INVALID' })
  const stale = run('assignComplaint', { id, assigneeId: 'kim', expectedVersion: version + 1 })
  await expect(stale).rejects.toMatchObject({ code: 'CONFLICT', reason: 'version.stale' })
  await expect(run('assignComplaint', { id: randomUUID(), assigneeId: 'kim' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  expect(await outcome(run('assignComplaint', { id, assigneeId: 'kim' }, 'sales'))).toMatch('FORBIDDEN')
  const over = await at('CLOSED')
  await expect(run('assignComplaint', { id: over.id, assigneeId: 'kim' })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'complaint.ended',
  })
})

test('of two who give it away at once both are heard, one after the other', async () => {
  const { id } = await at('ASSESSED')
  const both = await Promise.all(['kim', '陈晓雨'].map((assigneeId) => run('assignComplaint', { id, assigneeId })))
  expect(new Set(both.map(({ version }) => version)).size).toBe(2)
})

test('whoever handles it sees it, finds it, has it in their agenda and is told; the rest of the team is left alone', async () => {
  const { id } = await at('INVESTIGATING')
  const inAgenda = async (subject: string) => (await agenda(subject)).find((one: { id: string }) => one.id === id)
  expect(await read(id, as('kim'))).toBe('NOT_FOUND complaint.unknown')
  expect(await inAgenda('mia')).toMatchObject({ standsInForId: null })
  await run('assignComplaint', { id, assigneeId: 'kim' })
  expect(await read(id, as('kim'))).toBe('OK')
  expect([await inAgenda('kim'), await inAgenda('mia')]).toEqual([{ id, standsInForId: null }, undefined])
  const { number } = (await svc.as('admin').query('query ($id: ID!) { complaint(id: $id) { number } }', { id }))
    .complaint
  expect((await told('kim'))[0]).toEqual({
    kind: 'COMPLAINT_ASSIGNED',
    subject: { id },
    text: `New complaint: ${number}`,
  })
  await run('escalateComplaint', { id })
  expect((await told('kim'))[0]).toMatchObject({ kind: 'COMPLAINT_ESCALATED', subject: { id } })
  const FIND = 'query ($who: String!) { complaints(filter: { assigneeId: { eq: $who } }) { nodes { id } } }'
  const { complaints } = await svc.as('admin').query(FIND, { who: 'kim' })
  expect(complaints.nodes).toContainEqual({ id })
})

test('whoever stands in for the one who handles it sees it, and has it in the agenda while they are away', async () => {
  const { id } = await at('ASSESSED')
  await run('assignComplaint', { id, assigneeId: 'away' })
  expect(await read(id, as('stand-in'))).toBe('OK')
  expect(await agenda('stand-in')).not.toContainEqual(expect.objectContaining({ id }))
  const absences = [{ ...staffRecorded.example.absences[0]!, from: '2000-01-01', until: '2999-12-31' }]
  await svc.deliver(staffRecorded, {
    ...aMember('away', { absences, substitute: staffEntityId('stand-in') }),
    version: 2,
  })
  await svc.drain()
  expect(await agenda('stand-in')).toContainEqual({ id, standsInForId: 'away' })
})
