import { randomUUID } from 'node:crypto'
import { complaintReceived, complaintUpdated } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { knownCustomer } from '../../fixture/customers.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const svc = await startForTest(interactions, { now: () => clock.now })
const customerId = await knownCustomer(svc)
const { receive, run, at, document } = createComplaints(svc, customerId)

test('a complaint gets a number, deadlines by its severity, and one event without anything personal', async () => {
  const subject = randomUUID()
  const complaint = await receive(
    {
      description: ' 包裹破损 📦 شكوى ',
      desiredRemedy: '换货',
      severity: 'HIGH',
      receivedAt: '2026-03-10T07:30:00+00:00',
    },
    { roles: ['sales'], subject },
  )
  expect(complaint).toMatchObject({
    version: 1,
    status: 'RECEIVED',
    number: expect.stringMatching(/^K-\d{6}$/),
    channel: 'PHONE',
    category: 'delivery.late',
    description: '包裹破损 📦 شكوى',
    desiredRemedy: '换货',
    safety: false,
    ownerTeam: null,
    receivedAt: '2026-03-10T07:30:00.000Z',
    occurredAt: '2026-03-10T07:30:00.000Z',
    acknowledgeBy: '2026-03-11T07:30:00.000Z',
    resolveBy: '2026-03-17T07:30:00.000Z',
    overdue: false,
    escalated: false,
    resolution: null,
    duplicateOf: null,
    customer: { id: customerId },
    createdBy: subject,
    steps: [{ by: subject, action: 'received', status: 'RECEIVED', note: null }],
  })
  await svc.relay()
  await svc.relay()
  const events = (await svc.published(complaintReceived)).filter(({ id }) => id === complaint.id)
  expect(events).toEqual([
    {
      id: complaint.id,
      version: 1,
      customerId,
      status: 'RECEIVED',
      severity: 'HIGH',
      category: 'delivery.late',
      channel: 'PHONE',
      receivedAt: complaint.receivedAt,
      acknowledgeBy: complaint.acknowledgeBy,
      resolveBy: complaint.resolveBy,
      decision: null,
      closedAt: null,
    },
  ])
})

test('what is left out is unclassified, of medium severity and received now', async () => {
  const complaint = await receive({ category: undefined, severity: undefined })
  expect(complaint).toMatchObject({ category: 'unclassified', severity: 'MEDIUM', receivedAt: clock.now.toISOString() })
})

test('numbers count up within a tenant, each given once, also to many at a time', async () => {
  const tenant = { roles: ['service'], tenant: 'counting' }
  const theirs = createComplaints(svc, await knownCustomer(svc, tenant))
  const made = await Promise.all(Array.from({ length: 8 }, () => theirs.receive({}, tenant)))
  expect(made.map(({ number }) => number).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `K-00000${n}`))
})

test('an idempotency key takes one complaint in', async () => {
  const me = { roles: ['service'], subject: randomUUID() }
  const input = { idempotencyKey: 'k' }
  const [one, other] = await Promise.all([receive(input, me), receive(input, me)])
  expect(other).toEqual(one)
})

test('all faults of an input are told together, with their places', async () => {
  const input = {
    channel: 'by phone',
    category: '',
    description: ' ',
    desiredRemedy: 'x'.repeat(10_001),
    receivedAt: '2027-01-01T00:00:00Z',
  }
  await expect(receive(input)).rejects.toMatchObject({
    code: 'INVALID',
    fields: [
      { path: 'input.receivedAt', reason: 'time.future' },
      { path: 'input.channel', reason: 'code.malformed' },
      { path: 'input.category', reason: 'code.malformed' },
      { path: 'input.description', reason: 'text.empty' },
      { path: 'input.desiredRemedy', reason: 'text.too_long' },
    ],
  })
  await expect(receive({ description: 'a\0b' })).rejects.toMatchObject({ code: 'INVALID', reason: 'text.character' })
  await expect(receive({ severity: 'GRAVE' })).rejects.toMatchObject({ code: 'INVALID', reason: 'query.invalid' })
  await expect(receive({ customerId: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'customer.unknown' })
})

test.each([
  ['receiveComplaint', 'analyst'],
  ['receiveComplaint', 'privacy_officer'],
  ['acknowledgeComplaint', 'sales'],
  ['closeComplaint', 'sales'],
] as const)('%s is not for %s', async (verb, role) => {
  const { id } = await receive()
  const input = verb === 'receiveComplaint' ? { customerId, channel: 'PHONE', description: 'd' } : { id }
  await expect(svc.as(role).mutate(document(verb), { input })).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('an assessment may correct the severity, and the deadline follows; the same again changes nothing', async () => {
  const { id } = await at('ACKNOWLEDGED')
  const assessment = { category: 'delivery.lost', severity: 'CRITICAL', ownerTeam: '物流', safety: true }
  expect(await run('assessComplaint', { id, ...assessment })).toMatchObject({
    ...assessment,
    version: 3,
    status: 'ASSESSED',
    resolveBy: new Date(+clock.now + 48 * 3_600_000).toISOString(),
  })
  expect(await run('assessComplaint', { id, ...assessment })).toMatchObject({ version: 3 })
  expect(await run('assessComplaint', { id, ...assessment, severity: 'LOW', safety: undefined })).toMatchObject({
    version: 4,
    safety: true,
    status: 'ASSESSED',
  })
  await svc.relay()
  const corrections = (await svc.published(complaintUpdated)).filter((data) => data.id === id)
  expect(corrections).toMatchObject([{ version: 4, severity: 'LOW', changedFields: ['severity', 'resolveBy'] }])
  await expect(run('assessComplaint', { id, ...assessment, ownerTeam: 'a team' })).rejects.toMatchObject({
    reason: 'key.malformed',
  })
})

test('an open complaint is escalated once; one that is over is not', async () => {
  const { id } = await receive()
  expect(await run('escalateComplaint', { id, reason: '媒体来电' })).toMatchObject({
    version: 2,
    escalated: true,
    status: 'RECEIVED',
  })
  expect(await run('escalateComplaint', { id })).toMatchObject({ version: 2, escalated: true })
  await run('withdrawComplaint', { id, reason: 'settled' })
  await expect(run('escalateComplaint', { id })).rejects.toMatchObject({ code: 'CONFLICT', reason: 'complaint.ended' })
})

test('a duplicate names the complaint that goes on in its place', async () => {
  const [original, again, third] = [await receive(), await receive(), await receive()]
  const mark = (id: string, duplicateOfId: string) => run('markComplaintDuplicate', { id, duplicateOfId })
  await expect(mark(again.id, again.id)).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'complaint.duplicate_of_itself',
  })
  await expect(mark(again.id, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const others = createComplaints(svc, await knownCustomer(svc))
  await expect(mark(again.id, (await others.receive()).id)).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'complaint.other_customer',
  })
  expect(await mark(again.id, original.id)).toMatchObject({ status: 'DUPLICATE', duplicateOf: { id: original.id } })
  const { complaint } = await svc
    .as('service')
    .query('query ($id: ID!) { complaint(id: $id) { duplicateOf { number } } }', { id: again.id })
  expect(complaint).toEqual({ duplicateOf: { number: original.number } })
  await expect(mark(third.id, again.id)).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'complaint.original_is_duplicate',
  })
})

test('of two that are marked as duplicates of each other at once, one stays', async () => {
  const [one, other] = [await receive(), await receive()]
  const outcomes = await Promise.allSettled([
    run('markComplaintDuplicate', { id: one.id, duplicateOfId: other.id }),
    run('markComplaintDuplicate', { id: other.id, duplicateOfId: one.id }),
  ])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('a complaint of another tenant, or of no id at all, is not found', async () => {
  const { id } = await receive()
  const globex = svc.as({ roles: ['manager'], tenant: 'globex' })
  for (const [as, unknown] of [
    [globex, id],
    [svc.as('service'), randomUUID()],
    [svc.as('service'), 'x'],
  ] as const) {
    const { data, errors } = await as.request('query ($id: ID!) { complaint(id: $id) { id } }', { id: unknown })
    expect({ data, code: errors?.[0]?.extensions?.code }).toEqual({ data: { complaint: null }, code: 'NOT_FOUND' })
    await expect(as.mutate(document('acknowledgeComplaint'), { input: { id: unknown } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  }
})
