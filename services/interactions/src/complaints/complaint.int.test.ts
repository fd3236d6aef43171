import { randomUUID } from 'node:crypto'
import {
  complaintMarkedDuplicate,
  complaintReceived,
  complaintReopened,
  complaintUpdated,
  limits,
} from '@clientele/contracts'
import { createRandom } from '@clientele/query-compiler/equality'
import { startForTest } from '@clientele/testkit'
import { createComplaints, type Verb } from '../../fixture/complaints.js'
import { knownCustomer } from '../../fixture/customers.js'
import { knownTeams } from '../../fixture/staff.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const svc = await startForTest(interactions, { now: () => clock.now })
const customerId = await knownCustomer(svc)
await knownTeams(svc, ['物流', 'quality'])
const { receive, run, at, document } = createComplaints(svc, customerId)

test('a complaint has no team in the answer that receives it', async () => {
  const RECEIVE =
    'mutation ($input: ReceiveComplaintInput!) { receiveComplaint(input: $input) { ownerTeam team { id } } }'
  const input = { customerId, channel: 'PHONE', description: 'Torn' }
  expect((await svc.as('service').mutate(RECEIVE, { input })).receiveComplaint).toEqual({ ownerTeam: null, team: null })
})

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
      assigneeId: null,
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
    desiredRemedy: 'x'.repeat(50_001),
    receivedAt: '2027-01-01T00:00:00Z',
  }
  await expect(receive(input)).rejects.toMatchObject({
    code: 'INVALID',
    fields: [
      { path: 'input.receivedAt', reason: 'time.future' },
      { path: 'input.channel', reason: 'code.malformed' },
      { path: 'input.category', reason: 'text.required' },
      { path: 'input.description', reason: 'text.required' },
      { path: 'input.desiredRemedy', reason: 'text.too_long' },
    ],
  })
  await expect(receive({ description: 'a\0b' })).rejects.toMatchObject({ code: 'INVALID', reason: 'text.malformed' })
  await expect(receive({ severity: 'GRAVE' })).rejects.toMatchObject({ code: 'INVALID', reason: 'value.not_one_of' })
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

const { most } = limits.complaintSteps
/** Gives a complaint a history of so many steps. */
const fill = async (id: string, steps: number) => {
  const actor = { subject: 't', roles: ['admin'], tenant: 'acme', territories: [], kind: 'person' as const }
  await svc.database
    .fork(actor, clock.now)
    .execute(`update complaint set steps = to_jsonb(array_fill(steps -> 0, array[?::int])) where id = ?`, [steps, id])
}
const wayToEnd: [Verb, object][] = [
  ['investigateComplaint', {}],
  ['recordRootCause', { rootCause: 'cause' }],
  ['proposeResponse', { resolution: { decision: 'UPHELD' } }],
  ['communicateDecision', {}],
  ['recordCustomerReply', {}],
  ['closeComplaint', {}],
]
const tooManySteps = { code: 'CONFLICT', reason: 'complaint.too_many_steps' }

test('a complaint of too many steps can only be brought to its end, and always can', async () => {
  const assessment = { severity: 'HIGH', ownerTeam: 'quality' }
  const { id, steps } = await at('ASSESSED')
  await fill(id, most - 8)
  await run('assessComplaint', { id, ...assessment, category: 'a' })
  await run('assessComplaint', { id, ...assessment, category: 'b' })
  expect(steps).toHaveLength(3)
  for (const [verb, input] of wayToEnd) {
    await expect(run('escalateComplaint', { id })).rejects.toMatchObject(tooManySteps)
    await run(verb, { id, ...input })
  }
  expect((await complaint(id)).steps).toHaveLength(most)
  await expect(run('reopenComplaint', { id, reason: 'again' })).rejects.toMatchObject(tooManySteps)
  const withdrawn = await at('INVESTIGATING')
  await fill(withdrawn.id, most - 5)
  await expect(run('awaitCustomer', { id: withdrawn.id })).rejects.toMatchObject(tooManySteps)
  expect(await run('withdrawComplaint', { id: withdrawn.id })).toMatchObject({ status: 'WITHDRAWN' })
})

const mark = (id: string, duplicateOfId: string) => run('markComplaintDuplicate', { id, duplicateOfId })
const complaint = async (id: string) => {
  const fields = 'status version overdue overdueFrom duplicateOf { id number } steps { action note }'
  return (await svc.as('service').query(`query ($id: ID!) { complaint(id: $id) { ${fields} } }`, { id })).complaint
}

test('a duplicate names the complaint that goes on in its place, which is none itself', async () => {
  const [original, again, third] = [await receive(), await receive(), await receive()]
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
  expect(await mark(third.id, again.id)).toMatchObject({ duplicateOf: { id: original.id } })
  await expect(mark(original.id, third.id)).rejects.toMatchObject({ reason: 'complaint.duplicate_of_itself' })
})

test('what repeats a complaint follows it: to what that repeats, or on without it', async () => {
  const [first, second, third, fourth] = [await receive(), await receive(), await receive(), await receive()]
  await mark(third.id, second.id)
  await mark(fourth.id, second.id)
  await mark(second.id, first.id)
  for (const { id } of [third, fourth]) {
    expect(await complaint(id)).toMatchObject({
      status: 'DUPLICATE',
      version: 3,
      duplicateOf: { id: first.id },
      steps: [{ action: 'received' }, { action: 'marked_duplicate', note: second.number }],
    })
  }
  await run('withdrawComplaint', { id: first.id })
  expect(await complaint(second.id)).toMatchObject({ status: 'REOPENED', duplicateOf: null })
  for (const { id } of [third, fourth]) expect((await complaint(id)).duplicateOf.id).toBe(second.id)
  await svc.relay()
  const events = [...(await svc.published(complaintReopened)), ...(await svc.published(complaintMarkedDuplicate))]
  const told = events.filter(({ id }) => [second.id, third.id, fourth.id].includes(id))
  expect(told.map(({ version, status }) => `${version} ${status}`).toSorted()).toEqual([
    '2 DUPLICATE',
    '2 DUPLICATE',
    '2 DUPLICATE',
    '3 DUPLICATE',
    '3 DUPLICATE',
    '3 REOPENED',
    '4 DUPLICATE',
    '4 DUPLICATE',
  ])
  await run('reopenComplaint', { id: third.id, reason: 'another matter after all' })
  expect(await complaint(third.id)).toMatchObject({ status: 'REOPENED', duplicateOf: null })
})

test.each([8, 7, 2, 1])('a duplicate whose history has room for %i steps holds up nobody', async (room) => {
  const [original, again] = [await receive(), await at('INVESTIGATING')]
  await fill(again.id, most - room)
  if (room < 8) {
    await expect(mark(again.id, original.id)).rejects.toMatchObject(tooManySteps)
    return
  }
  await mark(again.id, original.id)
  expect(await run('withdrawComplaint', { id: original.id })).toMatchObject({ status: 'WITHDRAWN' })
  expect(await complaint(again.id)).toMatchObject({ status: 'REOPENED', duplicateOf: null })
  for (const [verb, input] of wayToEnd) await run(verb, { id: again.id, ...input })
  const { status, steps } = await complaint(again.id)
  expect({ status, steps: steps.length }).toEqual({ status: 'CLOSED', steps: most })
})

test('however often the complaint that goes on changes, the histories of its duplicates do not grow', async () => {
  const [again, first] = [await receive(), await receive()]
  await fill(again.id, most - 8)
  await mark(again.id, first.id)
  const marked = await complaint(again.id)
  let original = first
  for (let times = 1; times <= 8; times++) {
    const next = await receive()
    await mark(original.id, next.id)
    original = next
    expect(await complaint(again.id)).toMatchObject({
      version: marked.version + times,
      duplicateOf: { id: next.id },
      steps: marked.steps,
    })
  }
})

test.each(['WITHDRAWN', 'CLOSED'] as const)('nothing repeats a complaint that is %s', async (status) => {
  const [over, again] = [await at(status), await receive()]
  await expect(mark(again.id, over.id)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'complaint.original_ended' })
})

test('whatever is marked, withdrawn and reopened, also at once, somebody answers each complaint', async () => {
  const random = createRandom(7)
  const theirs = createComplaints(svc, await knownCustomer(svc))
  const ids: string[] = []
  for (let made = 0; made < 8; made++) ids.push((await theirs.receive()).id)
  const one = () => random.one(ids)
  const steps = [
    () => run('markComplaintDuplicate', { id: one(), duplicateOfId: one() }),
    () => run('markComplaintDuplicate', { id: one(), duplicateOfId: one() }),
    () => run('withdrawComplaint', { id: one() }),
    () => run('reopenComplaint', { id: one(), reason: 'again' }),
    () => run('acknowledgeComplaint', { id: one() }),
  ]
  const done = { fulfilled: 0, rejected: 0 }
  for (let round = 0; round < 25; round++) {
    if (round % 5 === 0) ids.push((await theirs.receive()).id)
    const outcomes = await Promise.allSettled(Array.from({ length: random.one([1, 2, 4]) }, () => random.one(steps)()))
    for (const outcome of outcomes) {
      done[outcome.status]++
      if (outcome.status === 'rejected') expect(['CONFLICT', 'INVALID']).toContain(outcome.reason.code)
    }
    for (const id of ids) {
      const { status, duplicateOf } = await complaint(id)
      expect(status === 'DUPLICATE').toBe(duplicateOf !== null)
      if (duplicateOf) expect(['DUPLICATE', 'WITHDRAWN']).not.toContain((await complaint(duplicateOf.id)).status)
    }
  }
  expect(done.fulfilled).toBeGreaterThan(10)
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
