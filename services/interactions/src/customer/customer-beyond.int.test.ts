import { staffRecorded } from '@clientele/contracts'
import { compiledBeside } from '@clientele/query-compiler/equality'
import { startForTest, type TestActor } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { customersOf } from '../../fixture/customers.js'
import { aMember } from '../../fixture/staff.js'
import { createTasks } from '../../fixture/tasks.js'
import { createVisits } from '../../fixture/visits.js'
import { complaintReads } from '../complaints/complaint.read.js'
import { notificationReads } from '../notifications/notification.read.js'
import { interactions } from '../service.js'
import { taskReads } from '../tasks/task.read.js'
import { timelineReads } from '../timeline/timeline.read.js'
import { visitReads } from '../visits/visit.read.js'

const svc = await startForTest(interactions, { queryCompiler: false })
const reads = [taskReads, visitReads, complaintReads, notificationReads, timelineReads].flat()
const { compare } = compiledBeside(svc, interactions, reads)
const { near, far } = await customersOf(svc, { near: { territory: 'emea/de' }, far: { territory: 'amer' } })
await svc.deliver(staffRecorded, aMember('ann'))
await svc.drain()

const ann: TestActor = { roles: ['sales'], subject: 'ann', territories: ['emea'], tenant: 'acme' }
const ASSIGN = 'mutation ($input: AssignComplaintInput!) { assignComplaint(input: $input) { id } }'
const workAbout = async (customerId: string) => {
  const task = await createTasks(svc, { customerId }).create({ assigneeId: 'ann' }, 'admin')
  const visit = await createVisits(svc, customerId).plan({ assigneeId: 'ann' }, 'admin')
  const complaint = await createComplaints(svc, customerId).receive({}, 'admin')
  await svc.as('admin').mutate(ASSIGN, { input: { id: complaint.id, assigneeId: 'ann' } })
  return { task: task.id, visit: visit.id, complaint: complaint.id }
}
const beyond = await workAbout(far)
const within = await workAbout(near)
await createTasks(svc).create({ assigneeId: 'ann' }, 'admin')

const READ = `query ($task: ID!, $visit: ID!, $complaint: ID!) {
  task(id: $task) { customerId customer { id visits { totalCount } } }
  visit(id: $visit) { customerId customer { __typename id } }
  complaint(id: $complaint) { customerId customer { id } }
  tasks { nodes { customer { id } } }
  notifications { nodes { customerId customer { id } } } }`
/** What the resolvers answer; a compiled read answers the same. */
const read = async (actor: TestActor, variables: object) => {
  expect(await compare(actor, { query: READ, variables: variables as never })).toBe('equal')
  return svc.as(actor).query(READ, variables)
}

test('who has work given to them beyond their customers sees the work, and no customer', async () => {
  const seen = await read(ann, beyond)
  const hidden = { customerId: far, customer: null }
  expect(seen).toMatchObject({ task: hidden, visit: hidden, complaint: hidden })
  const customers = seen.tasks.nodes.map(({ customer }: { customer: { id: string } | null }) => customer?.id ?? null)
  expect(customers.toSorted()).toEqual([near, null, null].toSorted())
  const told = new Map(seen.notifications.nodes.map((one: { customerId: string }) => [one.customerId, one]))
  expect(told.get(far)).toEqual(hidden)
  expect(told.get(near)).toEqual({ customerId: near, customer: { id: near } })
})

test('they see their own customers, and who has all customers sees all of them', async () => {
  const known = (id: string) => ({ customerId: id, customer: { id } })
  expect(await read(ann, within)).toMatchObject({
    task: { customerId: near, customer: { id: near, visits: { totalCount: 1 } } },
    visit: { customerId: near, customer: { __typename: 'Customer', id: near } },
    complaint: known(near),
  })
  const all = { task: known(far), visit: known(far), complaint: known(far) }
  expect(await read({ roles: ['admin'], subject: 'root', tenant: 'acme' }, beyond)).toMatchObject(all)
})

test('a customer who is not seen beside the work is no refusal for the audit log', async () => {
  await svc.as(ann).query(READ, beyond)
  const DENIED = "select count(*)::int from audit_entry where outcome = 'DENIED'"
  const { rows } = await svc.database.system.query(DENIED)
  expect(rows).toEqual([{ count: 0 }])
})
