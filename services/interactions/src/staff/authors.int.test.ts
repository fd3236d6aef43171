import { staffEntityId } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { knownCustomer } from '../../fixture/customers.js'
import { knownStaff, leave } from '../../fixture/staff.js'
import { createTasks } from '../../fixture/tasks.js'
import { createVisits } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const svc = await startForTest(interactions)
const customerId = await knownCustomer(svc)
await knownStaff(svc, ['陈晓雨'])
const known = { subject: '陈晓雨', roles: ['admin'], territories: [''] }
const outside = { ...known, subject: 'from-outside' }
const visits = createVisits(svc, customerId)
const tasks = createTasks(svc, { customerId, assigneeId: '陈晓雨' })
const complaints = createComplaints(svc, customerId)

const created = async (ids: { v: string; c: string; t: string }, actor: object) => {
  const select = 'createdBy creator { id }'
  const document = `query ($v: ID!, $c: ID!, $t: ID!) { visit(id: $v) { ${select} } complaint(id: $c) { ${select} } task(id: $t) { ${select} } }`
  return svc.as(actor as typeof known).query(document, ids)
}
const make = async (actor: typeof known) => ({
  v: (await visits.plan({}, actor)).id,
  c: (await complaints.receive({}, actor)).id,
  t: (await tasks.create({}, actor)).id,
})

test('who created something is a member of staff; null for whoever is none', async () => {
  const author = { createdBy: '陈晓雨', creator: { id: staffEntityId('陈晓雨') } }
  for (const actor of [known, { ...known, subject: 'ana', roles: ['analyst'] }]) {
    expect(await created(await make(known), actor)).toEqual({ visit: author, complaint: author, task: author })
  }
  const nobody = { createdBy: 'from-outside', creator: null }
  expect(await created(await make(outside), known)).toEqual({ visit: nobody, complaint: nobody, task: nobody })
})

test('so is whoever did something about it, also where they have left', async () => {
  const { v, c, t } = await make(known)
  await visits.run('rescheduleVisit', { id: v, plannedStart: '2026-04-01T09:00:00Z', reason: 'r' }, known)
  await visits.run('correctVisit', { id: v, purpose: 'other', reason: 'r' }, outside)
  await visits.run('cancelVisit', { id: v, reason: 'r' }, known)
  await complaints.run('acknowledgeComplaint', { id: c }, outside)
  await tasks.run('completeTask', { id: t }, known)
  const read = () =>
    svc.as(known).query(
      `query ($v: ID!, $c: ID!, $t: ID!) {
        visit(id: $v) { reschedules { by staff { id } } corrections { by staff { id } } cancellation { by staff { id } } }
        complaint(id: $c) { steps { by staff { id } } } task(id: $t) { result { by staff { id } } cancellation { by staff { id } } } }`,
      { v, c, t },
    )
  const [own, others] = [
    { by: '陈晓雨', staff: { id: staffEntityId('陈晓雨') } },
    { by: 'from-outside', staff: null },
  ]
  const expected = {
    visit: { reschedules: [own], corrections: [others], cancellation: own },
    complaint: { steps: [own, others] },
    task: { result: own, cancellation: null },
  }
  expect(await read()).toEqual(expected)
  await leave(svc, '陈晓雨')
  expect(await read()).toEqual(expected)
})
