import { randomUUID } from 'node:crypto'
import { staffEntityId, visitAssigned } from '@clientele/contracts'
import { outcome, startForTest } from '@clientele/testkit'
import { knownCustomer } from '../../fixture/customers.js'
import { knownStaff, leave } from '../../fixture/staff.js'
import { createVisits } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const svc = await startForTest(interactions)
const customerId = await knownCustomer(svc)
const { run, plan } = createVisits(svc, customerId)
await knownStaff(svc, ['陈晓雨', 'kim', 'leo'])
await leave(svc, 'leo')
const kim = { subject: 'kim', roles: ['sales'], territories: ['emea'] }

test('whoever plans a visit for nobody makes it, where they are of the staff', async () => {
  expect(await plan({}, kim)).toMatchObject({ assigneeId: 'kim', assignee: { id: staffEntityId('kim') } })
  expect(await plan({ assigneeId: null }, kim)).toMatchObject({ assigneeId: null })
  expect(await plan({ assigneeId: '陈晓雨' }, kim)).toMatchObject({ assigneeId: '陈晓雨' })
  expect(await plan({}, { ...kim, subject: 'leo' })).toMatchObject({ assigneeId: null })
  expect(await plan({}, { ...kim, subject: 'from-outside' })).toMatchObject({ assigneeId: null })
})

test('a visit that is still to be made is given to somebody else, or to nobody, with its event', async () => {
  const { id } = await plan({ assigneeId: 'kim' })
  const given = await run('assignVisit', { id, assigneeId: ' 陈晓雨' })
  expect(given).toMatchObject({ assigneeId: '陈晓雨', status: 'PLANNED' })
  expect((await run('assignVisit', { id, assigneeId: '陈晓雨' })).version).toBe(given.version)
  await run('startVisit', { id })
  expect(await run('assignVisit', { id })).toMatchObject({ assigneeId: null, status: 'IN_PROGRESS' })
  await svc.relay()
  const events = (await svc.published(visitAssigned)).filter((data) => data.id === id)
  expect(events.map(({ assigneeId }) => assigneeId)).toEqual(['陈晓雨', null])
  const { notifications } = await svc
    .as({ ...kim, subject: '陈晓雨' })
    .query('{ notifications { nodes { kind subject { id } } } }')
  expect(notifications.nodes).toContainEqual({ kind: 'VISIT_ASSIGNED', subject: { id } })
})

test('one that is over, unknown, stale or not theirs stays whose it is', async () => {
  const { id, version } = await plan({ assigneeId: 'kim' })
  const fault = { code: 'INVALID', fields: [{ path: 'input.assigneeId', reason: 'staff.left' }] }
  await expect(run('assignVisit', { id, assigneeId: 'leo' })).rejects.toMatchObject(fault)
  expect(await outcome(run('assignVisit', { id, expectedVersion: version + 1 }))).toBe('CONFLICT version.stale')
  expect(await outcome(run('assignVisit', { id: randomUUID() }))).toBe('NOT_FOUND visit.unknown')
  expect(await outcome(run('assignVisit', { id }, 'service'))).toMatch('FORBIDDEN')
  await run('cancelVisit', { id, reason: 'r' })
  expect(await outcome(run('assignVisit', { id, assigneeId: '陈晓雨' }))).toBe('CONFLICT visit.ended')
})
