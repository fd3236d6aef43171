import { randomUUID } from 'node:crypto'
import { staffEntityId, staffLeft, staffRecorded, staffReturned, teamArchived, teamChanged } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { knownCustomer } from '../../fixture/customers.js'
import { aMember, aTeam, knownStaff, knownTeams, leave, logistics } from '../../fixture/staff.js'
import { createVisits } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const svc = await startForTest(interactions)
const customerId = await knownCustomer(svc)
const { plan } = createVisits(svc, customerId)
const { run, at } = createComplaints(svc, customerId)
await knownStaff(svc, ['anna@b.example', '陈晓雨', 'leo'])
await leave(svc, 'leo')

const fault = (path: string, reason: string) => ({ code: 'INVALID', fields: [{ path: `input.${path}`, reason }] })
const assess = (id: string, ownerTeam: string) =>
  run('assessComplaint', { id, category: 'c', severity: 'LOW', ownerTeam })

test('a visit is made by somebody who works here', async () => {
  expect(await plan({ assigneeId: ' anna@b.example ' })).toMatchObject({ assigneeId: 'anna@b.example' })
  expect(await plan({ assigneeId: '陈晓雨' })).toMatchObject({ assigneeId: '陈晓雨' })
  expect(await plan({ assigneeId: null })).toMatchObject({ assigneeId: null })
  await expect(plan({ assigneeId: 'leo' })).rejects.toMatchObject(fault('assigneeId', 'staff.left'))
  await svc.deliver(staffReturned, { ...aMember('leo'), version: 3 })
  await svc.drain()
  expect(await plan({ assigneeId: 'leo' })).toMatchObject({ assigneeId: 'leo' })
  await svc.deliver(staffLeft, { ...aMember('leo'), version: 4, active: false })
  await svc.drain()
})

test('whoever is named by their id is kept by their subject', async () => {
  expect(await plan({ assigneeId: staffEntityId('陈晓雨') })).toMatchObject({ assigneeId: '陈晓雨' })
  const sub = randomUUID()
  await knownStaff(svc, [sub])
  expect(await plan({ assigneeId: sub.toUpperCase() })).toMatchObject({ assigneeId: sub })
})

test('staff of another tenant are nobody here, and profiles is needed to tell', async () => {
  await knownStaff(svc, ['zoe'], { tenant: 'globex' })
  await expect(plan({ assigneeId: 'zoe' })).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'service.unknown' })
  await expect(assess((await at('ACKNOWLEDGED')).id, 'nobody')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})

test('the newest event of somebody counts, however often and in which order they come', async () => {
  const gone = aMember('kim')
  const left = await svc.deliver(staffLeft, { ...gone, version: 2, active: false })
  await svc.deliver(staffRecorded, gone)
  await svc.deliver(staffLeft, { ...gone, version: 2, active: false }, { id: left.id })
  await svc.drain()
  await expect(plan({ assigneeId: 'kim' })).rejects.toMatchObject(fault('assigneeId', 'staff.left'))
})

test('a complaint goes to a team that is in use; the one that it has may be named again', async () => {
  await knownTeams(svc, ['物流'])
  const { id } = await at('ACKNOWLEDGED')
  expect(await assess(id, ' 物流 ')).toMatchObject({ ownerTeam: '物流' })
  await svc.deliver(teamChanged, { ...aTeam('物流'), version: 2, changedFields: ['name'] })
  await svc.deliver(teamArchived, { ...aTeam('物流'), version: 3, active: false })
  await svc.drain()
  expect(await assess(id, '物流')).toMatchObject({ ownerTeam: '物流' })
  await assess(id, logistics)
  await expect(assess(id, '物流')).rejects.toMatchObject(fault('ownerTeam', 'team.archived'))
})

const WHO = 'query ($id: ID!) { visit(id: $id) { assigneeId assignee { id } } }'
const visitOf = async (id: string) => (await svc.as('sales').query(WHO, { id })).visit

test('assignee and team are references to staff and teams, null for whoever is nobody', async () => {
  const id = staffEntityId('陈晓雨')
  expect(await visitOf((await plan({ assigneeId: '陈晓雨' })).id)).toMatchObject({ assignee: { id } })
  expect(await visitOf((await plan()).id)).toEqual({ assigneeId: null, assignee: null })
  const visit = await plan()
  await svc.database
    .fork({ subject: 's', roles: [], tenant: 'acme', territories: [], kind: 'person' }, new Date())
    .transactional((em) => em.execute(`update visit set assignee_id = 'gone' where id = ?`, [visit.id]))
  expect(await visitOf(visit.id)).toEqual({ assigneeId: 'gone', assignee: null })
  const { id: complaint } = await at('ASSESSED')
  const { complaint: read } = await svc
    .as('service')
    .query('query ($id: ID!) { complaint(id: $id) { team { id } } }', { id: complaint })
  expect(read).toEqual({ team: { id: aTeam(logistics).id } })
})
