import { randomUUID } from 'node:crypto'
import { limits } from '@clientele/contracts'
import { bound, startForTest, testLimits, textOf } from '@clientele/testkit'
import { createComplaints } from '../fixture/complaints.js'
import { knownCustomer } from '../fixture/customers.js'
import { knownStaff, knownTeams } from '../fixture/staff.js'
import { createTasks } from '../fixture/tasks.js'
import { aVisit, createVisits } from '../fixture/visits.js'
import { interactions } from './service.js'

const svc = await startForTest(interactions)
const customerId = await knownCustomer(svc)
const longest = { subject: textOf(limits.subject, limits.subject.most), key: textOf(limits.key, limits.key.most) }
const subjectOf = (characters: number) => (characters === limits.subject.most ? longest.subject : undefined)
const keyOf = (characters: number) => (characters === limits.key.most ? longest.key : undefined)
const staff = svc.as({ roles: ['admin'], subject: longest.subject })
await knownStaff(svc, ['a', longest.subject])
await knownTeams(svc, ['t', longest.key])
const { at } = createComplaints(svc, customerId)
const { run, plan } = createVisits(svc, customerId)

const complaint = async (status: Parameters<typeof at>[0], fields: object) => ({ id: (await at(status)).id, ...fields })
const aPlannedVisit = async (fields: object) => ({ id: (await plan()).id, ...fields })
const past = '2026-03-01T08:00:00Z'
const aStartedVisit = async (fields: object) => {
  const { id } = await plan()
  await run('confirmVisit', { id })
  await run('startVisit', { id, startedAt: `${limits.eventTime.least}T00:00:00Z` })
  return { id, ...fields }
}

const aContact = async (fields: object) => {
  const { recordContact } = await staff.mutate(
    'mutation ($input: RecordContactInput!) { recordContact(input: $input) { id } }',
    { input: { customerId, kind: 'CALL', direction: 'INBOUND', subject: 's' } },
  )
  return { id: recordContact.id, ...fields }
}

const aFile = (fields: object) => ({ ...fields, name: 'n', bytes: 1, idempotencyKey: randomUUID() })
const ofFeed = async () => {
  await staff.mutate('mutation { createCalendarFeed { id } }')
  return { subject: longest.subject }
}
const tasks = createTasks(svc, { assigneeId: 'a' })
const aTask = async (fields: object) => ({ id: (await tasks.create()).id, ...fields })
const someTasks = async (fields: object) => ({ ids: [(await tasks.create()).id], ...fields })

testLimits(interactions, svc, {
  scenarios: [
    {
      mutation: 'receiveComplaint',
      input: () => ({
        ...{ customerId, channel: 'c', category: 'c', description: 'd', desiredRemedy: 'd' },
        receivedAt: '2026-03-01T08:00:00Z',
        idempotencyKey: randomUUID(),
      }),
    },
    {
      mutation: 'assessComplaint',
      input: () => complaint('ACKNOWLEDGED', { category: 'c', severity: 'LOW', ownerTeam: 't' }),
    },
    { mutation: 'assignComplaint', input: () => complaint('RECEIVED', { assigneeId: 'a' }) },
    { mutation: 'reassignWork', input: () => ({ fromId: 'b', assigneeId: 'a', idempotencyKey: randomUUID() }) },
    { mutation: 'reassignWork', input: () => ({ fromId: 'b', teamKey: 't', kinds: ['TASKS'] }) },
    { mutation: 'escalateComplaint', input: () => complaint('RECEIVED', { reason: 'r' }) },
    { mutation: 'withdrawComplaint', input: () => complaint('RECEIVED', { reason: 'r' }) },
    { mutation: 'recordRootCause', input: () => complaint('INVESTIGATING', { rootCause: 'r', rootCauseCode: 'c' }) },
    { mutation: 'awaitCustomer', input: () => complaint('INVESTIGATING', { question: 'q' }) },
    { mutation: 'recordCustomerReply', input: () => complaint('AWAITING_CUSTOMER', { reply: 'r' }) },
    {
      mutation: 'proposeResponse',
      input: () => complaint('INVESTIGATING', { resolution: { decision: 'UPHELD', remedy: 'r' } }),
    },
    { mutation: 'reopenComplaint', input: () => complaint('CLOSED', { reason: 'r' }) },
    {
      mutation: 'recordContact',
      input: () => ({
        ...{ customerId, kind: 'CALL', direction: 'INBOUND', subject: 's', body: 'b' },
        occurredAt: '2026-03-01T08:00:00Z',
        idempotencyKey: randomUUID(),
      }),
    },
    {
      mutation: 'planVisit',
      input: () => aVisit({ customerId, objectives: ['o'], assigneeId: 'a', idempotencyKey: randomUUID() }),
    },
    {
      mutation: 'rescheduleVisit',
      input: () => aPlannedVisit({ plannedStart: '2027-01-01T00:00:00Z', reason: 'r' }),
    },
    { mutation: 'assignVisit', input: () => aPlannedVisit({ assigneeId: 'a' }) },
    { mutation: 'cancelVisit', input: () => aPlannedVisit({ reason: 'r', reasonCode: 'c' }) },
    { mutation: 'confirmVisit', input: () => aPlannedVisit({ confirmedAt: past }) },
    { mutation: 'startVisit', input: () => aPlannedVisit({ startedAt: past }) },
    {
      mutation: 'completeVisit',
      input: () => aStartedVisit({ endedAt: past, report: { summary: 's', customerFeedback: 'f', outcome: 'o' } }),
    },
    {
      mutation: 'completeVisit',
      input: () => aStartedVisit({ startedAt: past, report: { summary: 's' } }),
    },
    {
      mutation: 'correctVisit',
      input: async () => {
        const { id } = await aStartedVisit({})
        await run('completeVisit', { id, report: { summary: 's' } })
        return {
          ...{ id, reason: 'r', purpose: 'p', objectives: ['o'], actualEnd: past },
          report: { summary: 's', customerFeedback: 'f', outcome: 'o' },
        }
      },
    },
    { mutation: 'correctVisit', input: async () => ({ ...(await aStartedVisit({})), reason: 'r', actualStart: past }) },
    { mutation: 'voidVisit', input: () => aPlannedVisit({ reason: 'r' }) },
    { mutation: 'correctContact', input: () => aContact({ subject: 's', body: 'b', occurredAt: past, reason: 'r' }) },
    { mutation: 'voidContact', input: () => aContact({ reason: 'r' }) },
    {
      mutation: 'createTask',
      input: () => ({
        ...{ customerId, kind: 'k', title: 't', note: 'n', subject: { type: 's', id: randomUUID() }, assigneeId: 'a' },
        ...{ dueAt: past, remindAt: past, idempotencyKey: randomUUID() },
      }),
    },
    { mutation: 'createTask', input: () => ({ title: 't', teamKey: 't', dueAt: past }) },
    { mutation: 'updateTask', input: () => aTask({ title: 't', note: 'n', dueAt: past, remindAt: past }) },
    { mutation: 'assignTask', input: () => aTask({ assigneeId: 'a' }) },
    { mutation: 'assignTask', input: () => aTask({ teamKey: 't' }) },
    { mutation: 'completeTask', input: () => aTask({ outcome: 'o', note: 'n' }) },
    { mutation: 'cancelTask', input: () => aTask({ reason: 'r' }) },
    { mutation: 'assignTasks', input: () => someTasks({ assigneeId: 'a' }), selection: 'rejected' },
    { mutation: 'assignTasks', input: () => someTasks({ teamKey: 't' }), selection: 'rejected' },
    { mutation: 'snoozeTasks', input: () => someTasks({ until: '2099-01-01T00:00:00Z' }), selection: 'rejected' },
    { mutation: 'completeTasks', input: () => someTasks({ outcome: 'o', note: 'n' }), selection: 'rejected' },
    { mutation: 'markNotificationsRead', input: () => ({ ids: [randomUUID()] }), selection: 'marked' },
    { mutation: 'stageVisitFile', input: async () => aFile({ visitId: (await plan()).id }) },
    { mutation: 'stageComplaintFile', input: async () => aFile({ complaintId: (await at('RECEIVED')).id }) },
    { mutation: 'stageContactFile', input: async () => aFile({ contactId: (await aContact({})).id }) },
    { mutation: 'stageTaskFile', input: async () => aFile({ taskId: (await tasks.create()).id }) },
    { mutation: 'createCalendarFeed', input: () => ({ idempotencyKey: randomUUID() }) },
    { mutation: 'removeCalendarFeed', input: ofFeed },
    {
      mutation: 'correctComplaint',
      input: () => complaint('RECEIVED', { channel: 'c', description: 'd', desiredRemedy: 'd', reason: 'r' }),
    },
  ].map((scenario) => ({ ...scenario, as: staff })),
  // They follow another time.
  without: [
    'PlanVisitInput.plannedEnd',
    'RescheduleVisitInput.plannedEnd',
    'CommunicateDecisionInput.replyBy',
    'SnoozeTaskInput.until',
    'SnoozeTasksInput.until',
  ],
  bounds: Object.fromEntries(
    ['visit_file', 'complaint_file', 'contact_file', 'task_file'].flatMap((table) => [
      [`${table}.name`, bound.characters(limits.fileName)],
      [`${table}.bytes`, bound.value(limits.fileBytes)],
    ]),
  ),
  texts: {
    'PlanVisitInput.assigneeId': subjectOf,
    'AssignVisitInput.assigneeId': subjectOf,
    'AssignComplaintInput.assigneeId': subjectOf,
    // From and to are two people; who has the longest name is given the work.
    'ReassignWorkInput.fromId': () => undefined,
    'ReassignWorkInput.assigneeId': subjectOf,
    'ReassignWorkInput.teamKey': keyOf,
    'RemoveCalendarFeedInput.subject': subjectOf,
    'CreateTaskInput.assigneeId': subjectOf,
    'AssignTaskInput.assigneeId': subjectOf,
    'AssessComplaintInput.ownerTeam': keyOf,
    'AssignTasksInput.assigneeId': subjectOf,
    'AssignTasksInput.teamKey': keyOf,
    'CreateTaskInput.teamKey': keyOf,
    'AssignTaskInput.teamKey': keyOf,
  },
})
