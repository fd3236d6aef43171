import { randomUUID } from 'node:crypto'
import { outcome, startPlatform } from '@clientele/testkit'
import { addCustomer, addStaff, addTeam, asked, profilesFixture } from '@clientele/testkit/profiles'
import { aVisit, visitDocuments } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const platform = await startPlatform([interactions, profilesFixture])
const customerId = randomUUID()
addCustomer('acme', customerId)
const admin = platform.as('interactions', 'admin')

const plan = async (assigneeId: string) =>
  (await admin.mutate(visitDocuments.planVisit, { input: aVisit({ customerId, assigneeId }) })).planVisit

test('whoever is not known yet is asked for by what names them, once', async () => {
  addStaff('acme', 'anna@b.example')
  await plan('anna@b.example')
  asked.length = 0
  addStaff('acme', '陈晓雨')
  expect(await plan('陈晓雨')).toMatchObject({ assigneeId: '陈晓雨' })
  expect(await plan('陈晓雨')).toMatchObject({ assigneeId: '陈晓雨' })
  expect(asked).toEqual([['陈晓雨']])
})

test('whom profiles does not know, or knows in another tenant only, is unknown', async () => {
  addStaff('globex', 'zoe')
  for (const nobody of ['nobody', 'zoe']) {
    await expect(plan(nobody)).rejects.toMatchObject({
      code: 'INVALID',
      reason: 'staff.unknown',
      fields: [{ path: 'input.assigneeId', reason: 'staff.unknown' }],
    })
  }
  addStaff('acme', 'leo', { active: false })
  await expect(plan('leo')).rejects.toMatchObject({ fields: [{ path: 'input.assigneeId', reason: 'staff.left' }] })
})

test('work is handed over of somebody who has none, and not of a name that is nobody’s', async () => {
  addStaff('acme', 'noor')
  addStaff('acme', 'wang')
  const reassign = (fromId: string) =>
    admin.mutate(
      'mutation ($input: ReassignWorkInput!) { reassignWork(input: $input) { status tasks visits complaints } }',
      { input: { fromId, assigneeId: 'wang' } },
    )
  const nothing = { status: 'DONE', tasks: 0, visits: 0, complaints: 0 }
  expect(await reassign('noor')).toEqual({ reassignWork: nothing })
  await expect(reassign('nor-👻')).rejects.toMatchObject({
    fields: [{ path: 'input.fromId', reason: 'staff.unknown' }],
  })
})

test('a team is asked for by its key', async () => {
  addTeam('acme', '物流')
  addTeam('acme', 'old', { active: false })
  const id = randomUUID()
  const seed = { subject: 'seed', roles: [], tenant: 'acme', territories: [], kind: 'person' as const }
  await platform
    .service('interactions')
    .database.fork(seed, new Date())
    .transactional((em) =>
      em.execute(
        `insert into complaint (id, number, customer_id, status, channel, category, severity, description, received_at, acknowledge_by,
         acknowledged_at, resolve_by, created_at, created_by, updated_at, updated_by)
         values (?, 'K-1', ?, 'ACKNOWLEDGED', 'c', 'c', 'LOW', 'd', now(), now(), now(), now(), now(), 'seed', now(), 'seed')`,
        [id, customerId],
      ),
    )
  const assess = (ownerTeam: string) =>
    admin.mutate('mutation ($input: AssessComplaintInput!) { assessComplaint(input: $input) { ownerTeam } }', {
      input: { id, category: 'c', severity: 'LOW', ownerTeam },
    })
  asked.length = 0
  expect(await assess('物流')).toEqual({ assessComplaint: { ownerTeam: '物流' } })
  expect(asked).toEqual([['物流']])
  expect(await outcome(assess('old'))).toBe('INVALID team.archived')
  expect(await outcome(assess('none'))).toBe('INVALID team.unknown')
})
