import {
  complaintAcknowledged,
  complaintAssessed,
  complaintClosed,
  complaintCustomerAwaited,
  complaintCustomerReplied,
  complaintDecisionCommunicated,
  complaintInvestigationStarted,
  complaintReceived,
  complaintReopened,
  complaintResponseProposed,
  complaintUpdated,
  complaintWithdrawn,
} from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { createComplaints, type Verb } from '../../fixture/complaints.js'
import { knownCustomer } from '../../fixture/customers.js'
import { interactions } from '../service.js'

const start = new Date('2026-03-10T08:00:00.000Z')
const clock = { now: start }
const after = (hours: number) => new Date(+start + hours * 3_600_000)
const svc = await startForTest(interactions, { now: () => clock.now })
const { run, at, document } = createComplaints(svc, await knownCustomer(svc))
beforeEach(() => {
  clock.now = start
})

test('the whole way, to the end and once more: each step with its event, nothing personal in them', async () => {
  const { id } = await at('ASSESSED')
  await run('investigateComplaint', { id })
  clock.now = after(10)
  expect(await run('awaitCustomer', { id, question: '订单号是多少？' })).toMatchObject({
    status: 'AWAITING_CUSTOMER',
    pausedAt: after(10).toISOString(),
  })
  clock.now = after(34)
  expect(await run('recordCustomerReply', { id, reply: '订单 4711 🙏' })).toMatchObject({
    status: 'INVESTIGATING',
    pausedAt: null,
    resolveBy: after(168 + 24).toISOString(),
  })
  expect(await run('recordRootCause', { id, rootCause: '纸箱太薄', rootCauseCode: 'packaging.weak' })).toMatchObject({
    status: 'INVESTIGATING',
    rootCause: '纸箱太薄',
    rootCauseCode: 'packaging.weak',
  })
  const compensation = { amount: '12.5', currency: 'EUR' }
  const resolution = { decision: 'PARTLY_UPHELD', remedy: '重新发货', compensation }
  expect(
    await run('proposeResponse', {
      id,
      resolution: { ...resolution, compensation: { amount: '12.50', currency: 'EUR' } },
    }),
  ).toMatchObject({
    status: 'RESPONSE_PROPOSED',
    resolution: { ...resolution, communicatedAt: null, replyBy: null, repliedAt: null },
  })
  expect((await run('communicateDecision', { id })).resolution).toMatchObject({
    communicatedAt: after(34).toISOString(),
    replyBy: after(34 + 14 * 24).toISOString(),
  })
  await run('recordCustomerReply', { id, reply: '同意' })
  const closed = await run('closeComplaint', { id })
  expect(closed).toMatchObject({ version: 11, status: 'CLOSED', closedAt: after(34).toISOString() })
  expect(closed.steps.map((step: { action: string; note: string }) => [step.action, step.note])).toEqual([
    ['received', null],
    ['acknowledged', null],
    ['assessed', null],
    ['investigation_started', null],
    ['customer_awaited', '订单号是多少？'],
    ['customer_replied', '订单 4711 🙏'],
    ['updated', '纸箱太薄'],
    ['response_proposed', 'PARTLY_UPHELD: 重新发货'],
    ['decision_communicated', null],
    ['customer_replied', '同意'],
    ['closed', null],
  ])
  clock.now = after(500)
  expect(await run('reopenComplaint', { id, reason: '又坏了' })).toMatchObject({
    status: 'REOPENED',
    closedAt: null,
    resolution: null,
    rootCause: '纸箱太薄',
    reopenedAt: after(500).toISOString(),
    resolveBy: after(668).toISOString(),
    overdue: false,
  })

  await svc.relay()
  await svc.relay()
  const types = [
    complaintReceived,
    complaintAcknowledged,
    complaintAssessed,
    complaintInvestigationStarted,
    complaintCustomerAwaited,
    complaintCustomerReplied,
    complaintUpdated,
    complaintResponseProposed,
    complaintDecisionCommunicated,
    complaintClosed,
    complaintReopened,
  ]
  const events = (await Promise.all(types.map((type) => svc.published(type)))).flat().filter((data) => data.id === id)
  expect(
    events
      .toSorted((a, b) => a.version - b.version)
      .map(({ version, status, decision }) => [version, status, decision]),
  ).toEqual([
    [1, 'RECEIVED', null],
    [2, 'ACKNOWLEDGED', null],
    [3, 'ASSESSED', null],
    [4, 'INVESTIGATING', null],
    [5, 'AWAITING_CUSTOMER', null],
    [6, 'INVESTIGATING', null],
    [7, 'INVESTIGATING', null],
    [8, 'RESPONSE_PROPOSED', 'PARTLY_UPHELD'],
    [9, 'DECISION_COMMUNICATED', 'PARTLY_UPHELD'],
    [10, 'DECISION_COMMUNICATED', 'PARTLY_UPHELD'],
    [11, 'CLOSED', 'PARTLY_UPHELD'],
    [12, 'REOPENED', null],
  ])
  expect(JSON.stringify(events)).not.toMatch(/订单|纸箱|重新|同意|订单 4711|又坏/)
})

test('a complaint is not closed before it has a root cause, a communicated decision, and a reply or its time-out', async () => {
  const { id } = await at('ASSESSED')
  const refusal = async () => {
    const { errors } = await svc.as('service').request(document('closeComplaint'), { input: { id } })
    const { code, fields } = (errors?.[0]?.extensions ?? {}) as { code?: string; fields?: { reason: string }[] }
    return [code, ...(fields ?? []).map(({ reason }) => reason)]
  }
  expect(await refusal()).toEqual([
    'CONFLICT',
    'complaint.no_root_cause',
    'complaint.decision_not_communicated',
    'complaint.no_customer_reply',
  ])
  await run('investigateComplaint', { id })
  await run('proposeResponse', { id, resolution: { decision: 'UPHELD' } })
  expect(await refusal()).toEqual([
    'CONFLICT',
    'complaint.no_root_cause',
    'complaint.decision_not_communicated',
    'complaint.no_customer_reply',
  ])
  await run('communicateDecision', { id, replyBy: after(48) })
  expect(await refusal()).toEqual(['CONFLICT', 'complaint.no_root_cause', 'complaint.no_customer_reply'])
  await run('recordRootCause', { id, rootCause: 'c' })
  clock.now = after(47)
  expect(await refusal()).toEqual(['CONFLICT', 'complaint.no_customer_reply'])
  clock.now = after(48)
  expect(await run('closeComplaint', { id })).toMatchObject({ status: 'CLOSED', resolution: { repliedAt: null } })
})

test('taking the investigation up again drops the decision, so that the next one is communicated anew', async () => {
  const { id } = await at('DECISION_COMMUNICATED')
  expect(await run('investigateComplaint', { id })).toMatchObject({ status: 'INVESTIGATING', resolution: null })
  await expect(run('closeComplaint', { id })).rejects.toMatchObject({ reason: 'complaint.decision_not_communicated' })
})

test('the same root cause again changes nothing', async () => {
  const { id, version } = await at('DECISION_COMMUNICATED')
  expect(await run('recordRootCause', { id, rootCause: ' cause ' })).toMatchObject({ version })
})

test.each<[string, Verb, object, string, string]>([
  ['a blank root cause', 'recordRootCause', { rootCause: '\n' }, 'text.required', 'input.rootCause'],
  [
    'a compensation of nothing',
    'proposeResponse',
    { resolution: { decision: 'UPHELD', compensation: { amount: '0', currency: 'EUR' } } },
    'number.out_of_range',
    'input.resolution.compensation.amount',
  ],
  ['a blank question', 'awaitCustomer', { question: ' ' }, 'text.required', 'input.question'],
  ['a stale version', 'awaitCustomer', { expectedVersion: 1 }, 'version.stale', 'input.expectedVersion'],
])('%s is refused and changes nothing', async (_, verb, input, reason, path) => {
  const { id, version } = await at('INVESTIGATING')
  await expect(run(verb, { id, ...input })).rejects.toMatchObject({ reason, fields: [{ path, reason }] })
  const { complaint } = await svc.as('service').query('query ($id: ID!) { complaint(id: $id) { version } }', { id })
  expect(complaint).toEqual({ version })
})

test('a time to reply that is over already is refused', async () => {
  const { id } = await at('RESPONSE_PROPOSED')
  await expect(run('communicateDecision', { id, replyBy: start })).rejects.toMatchObject({ reason: 'time.past' })
})

test('of two who close a complaint at once, one does, and one event tells of it', async () => {
  const { id } = await at('DECISION_COMMUNICATED')
  await run('recordCustomerReply', { id })
  const outcomes = await Promise.allSettled([run('closeComplaint', { id }), run('closeComplaint', { id })])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await svc.relay()
  expect((await svc.published(complaintClosed)).filter((data) => data.id === id)).toHaveLength(1)
  expect((await svc.published(complaintWithdrawn)).some((data) => data.id === id)).toBe(false)
})

test('whoever was late once is late for good; the moment is told by each change', async () => {
  const { id } = await at('INVESTIGATING')
  const due = after(168)
  const late = (overdue: boolean) => ({ overdue, overdueFrom: due.toISOString() })
  clock.now = due
  expect(await run('recordRootCause', { id, rootCause: 'c' })).toMatchObject(late(false))
  clock.now = after(169)
  expect(await run('awaitCustomer', { id })).toMatchObject(late(true))
  clock.now = after(200)
  const moved = { overdue: true, overdueFrom: after(168 + 31).toISOString() }
  expect(await run('recordCustomerReply', { id })).toMatchObject(moved)
  expect(await run('proposeResponse', { id, resolution: { decision: 'UPHELD' } })).toMatchObject(moved)
  expect(await run('communicateDecision', { id })).toMatchObject(moved)
  expect(await run('withdrawComplaint', { id })).toMatchObject({ overdue: false, overdueFrom: null })
  const inTime = await at('DECISION_COMMUNICATED')
  clock.now = after(999)
  expect(await run('recordCustomerReply', { id: inTime.id })).toMatchObject({ overdue: false, overdueFrom: null })
})
