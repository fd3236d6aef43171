import { randomUUID } from 'node:crypto'
import {
  customerArchived,
  limits,
  staffEntityId,
  visitCancelled,
  visitCompleted,
  visitConfirmed,
  visitPlanned,
  visitRescheduled,
  visitStarted,
} from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aCustomer, knownCustomer } from '../../fixture/customers.js'
import { knownStaff } from '../../fixture/staff.js'
import { aVisit, createVisits, type VisitVerb, visitDocuments, visitFields } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const svc = await startForTest(interactions, { now: () => clock.now })
const customerId = await knownCustomer(svc)
await knownStaff(svc, ['anna'])

const { run, plan } = createVisits(svc, customerId)
const report = { summary: ' 客户满意 😀 ', customerFeedback: 'رائع', sentiment: 'POSITIVE', outcome: 'order.placed' }

test('a visit is planned, moved, confirmed, started and completed, with one event each and nothing personal in them', async () => {
  const subject = randomUUID()
  const me = { roles: ['sales'], subject }
  const planned = await plan({ objectives: [' 续约 ', 'upsell'], assigneeId: 'anna' }, me)
  expect(planned).toEqual({
    id: planned.id,
    ...aVisit({ customerId, objectives: ['续约', 'upsell'], assigneeId: 'anna' }),
    version: 1,
    status: 'PLANNED',
    confirmedAt: null,
    actualStart: null,
    actualEnd: null,
    occurredAt: '2026-03-12T09:00:00.000Z',
    rescheduleCount: 0,
    reschedules: [],
    cancellation: null,
    report: null,
    assignee: { id: staffEntityId('anna') },
    customer: { id: customerId },
    createdBy: subject,
    updatedBy: subject,
  })
  const { id } = planned
  await run('confirmVisit', { id, expectedVersion: 1 })
  const moved = await run('rescheduleVisit', { id, plannedStart: '2026-03-13T09:00:00Z', reason: ' 客户出差 ' }, me)
  expect(moved).toMatchObject({
    version: 3,
    status: 'PLANNED',
    confirmedAt: null,
    plannedEnd: '2026-03-13T10:30:00.000Z',
    rescheduleCount: 1,
    reschedules: [
      {
        at: clock.now.toISOString(),
        by: subject,
        plannedStart: planned.plannedStart,
        plannedEnd: planned.plannedEnd,
        reason: '客户出差',
      },
    ],
  })
  expect(await run('confirmVisit', { id })).toMatchObject({ status: 'CONFIRMED', confirmedAt: clock.now.toISOString() })
  expect(await run('startVisit', { id })).toMatchObject({
    status: 'IN_PROGRESS',
    actualStart: clock.now.toISOString(),
    occurredAt: clock.now.toISOString(),
    report: null,
  })
  const done = await run('completeVisit', { id, report })
  expect(done).toMatchObject({ version: 6, status: 'COMPLETED', report: { ...report, summary: '客户满意 😀' } })
  expect(
    (await svc.as('privacy_officer').query(`query ($id: ID!) { visit(id: $id) { ${visitFields} } }`, { id })).visit,
  ).toEqual(done)

  await svc.relay()
  await svc.relay()
  const trail = [visitPlanned, visitConfirmed, visitRescheduled, visitStarted, visitCompleted]
  const events = (await Promise.all(trail.map((type) => svc.published(type)))).flat().filter((data) => data.id === id)
  expect(events.map(({ version, status }) => [version, status])).toEqual([
    [1, 'PLANNED'],
    [2, 'CONFIRMED'],
    [4, 'CONFIRMED'],
    [3, 'PLANNED'],
    [5, 'IN_PROGRESS'],
    [6, 'COMPLETED'],
  ])
  expect(events.at(-1)).toEqual({
    id,
    version: 6,
    actualEnd: clock.now.toISOString(),
    customerId,
    status: 'COMPLETED',
    mode: 'ONSITE',
    plannedStart: '2026-03-13T09:00:00.000Z',
    plannedEnd: '2026-03-13T10:30:00.000Z',
    assigneeId: 'anna',
    outcome: 'order.placed',
  })
  expect(JSON.stringify(events)).not.toMatch(/季度|续约|出差|满意|رائع|upsell/)
})

test('what is entered the day after took place when it did', async () => {
  const [confirmedAt, startedAt, endedAt] = ['08T08', '09T09', '09T10'].map((at) => `2026-03-${at}:00:00.000Z`)
  const { id } = await plan({ plannedStart: startedAt, plannedEnd: endedAt })
  expect(await run('confirmVisit', { id, confirmedAt })).toMatchObject({ confirmedAt })
  expect(await run('startVisit', { id, startedAt })).toMatchObject({ actualStart: startedAt, occurredAt: startedAt })
  const done = await run('completeVisit', { id, endedAt, report })
  expect(done).toMatchObject({ status: 'COMPLETED', actualStart: startedAt, actualEnd: endedAt })
  const late = await plan()
  await run('startVisit', { id: late.id })
  await expect(run('completeVisit', { id: late.id, endedAt, report })).rejects.toMatchObject({
    code: 'INVALID',
    fields: [{ path: 'input.endedAt', reason: 'visit.end_before_start' }],
  })
  expect(await run('completeVisit', { id: late.id, startedAt, endedAt, report })).toMatchObject({
    actualStart: startedAt,
    actualEnd: endedAt,
  })
})

test('a visit that nobody has begun is written up in one step, by whoever says when it began', async () => {
  const [startedAt, endedAt] = ['09T09', '09T10'].map((at) => `2026-03-${at}:00:00.000Z`)
  const { id } = await plan({ plannedStart: startedAt, plannedEnd: endedAt })
  await expect(run('completeVisit', { id, endedAt, report })).rejects.toMatchObject({
    code: 'INVALID',
    fields: [{ path: 'input.startedAt', reason: 'visit.not_started' }],
  })
  expect(await run('completeVisit', { id, startedAt, endedAt, report })).toMatchObject({
    ...{ status: 'COMPLETED', actualStart: startedAt, actualEnd: endedAt },
  })
})

test('a time that a clock ahead of ours gives is now', async () => {
  const { id } = await plan()
  const ahead = new Date(+clock.now + 30_000).toISOString()
  expect(await run('startVisit', { id, startedAt: ahead })).toMatchObject({ actualStart: clock.now.toISOString() })
  expect(await run('completeVisit', { id, report })).toMatchObject({ actualEnd: clock.now.toISOString() })
})

test('a visit is cancelled with its reason, of which only the code becomes public', async () => {
  const { id } = await plan()
  const cancelled = await run('cancelVisit', { id, reason: '下雪', reasonCode: 'weather' })
  expect(cancelled).toMatchObject({ status: 'CANCELLED', cancellation: { reason: '下雪', reasonCode: 'weather' } })
  await svc.relay()
  expect((await svc.published(visitCancelled)).filter((data) => data.id === id)).toEqual([
    expect.objectContaining({ version: 2, status: 'CANCELLED', reasonCode: 'weather' }),
  ])
})

test('the same time again changes nothing and tells nobody', async () => {
  const { id, plannedStart } = await plan()
  expect(await run('rescheduleVisit', { id, plannedStart, reason: 'again' })).toMatchObject({
    version: 1,
    rescheduleCount: 0,
  })
  await svc.relay()
  expect((await svc.published(visitRescheduled)).some((data) => data.id === id)).toBe(false)
})

test('a visit is moved as often as its list of changes may be long, and no more', async () => {
  const { id, plannedStart } = await plan()
  const later = (days: number) => new Date(Date.parse(plannedStart) + days * 86_400_000).toISOString()
  const actor = { subject: 't', roles: ['admin'], tenant: 'acme', territories: [], kind: 'person' as const }
  await run('rescheduleVisit', { id, plannedStart: later(1), reason: 'first' })
  await svc.database
    .fork(actor, clock.now)
    .execute(`update visit set reschedules = to_jsonb(array_fill(reschedules -> 0, array[?::int])) where id = ?`, [
      limits.visitReschedules.most - 1,
      id,
    ])
  expect(await run('rescheduleVisit', { id, plannedStart: later(2), reason: 'last' })).toMatchObject({
    rescheduleCount: limits.visitReschedules.most,
  })
  await expect(run('rescheduleVisit', { id, plannedStart: later(3), reason: 'more' })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'visit.too_many_reschedules',
  })
})

const state: Record<string, VisitVerb[]> = {
  PLANNED: [],
  CONFIRMED: ['confirmVisit'],
  IN_PROGRESS: ['startVisit'],
  COMPLETED: ['startVisit', 'completeVisit'],
  CANCELLED: ['cancelVisit'],
}
const inputs = {
  completeVisit: { report },
  cancelVisit: { reason: 'r' },
  rescheduleVisit: { plannedStart: '2026-04-01T09:00:00Z', reason: 'r' },
}
const permittedVerbs: Record<string, VisitVerb[]> = {
  PLANNED: ['rescheduleVisit', 'confirmVisit', 'startVisit', 'cancelVisit'],
  CONFIRMED: ['rescheduleVisit', 'startVisit', 'cancelVisit'],
  IN_PROGRESS: ['completeVisit', 'cancelVisit'],
  COMPLETED: [],
  CANCELLED: [],
}
test.each(Object.entries(state))('what can be done to a visit that is %s', async (status, path) => {
  const verbs = ['rescheduleVisit', 'confirmVisit', 'startVisit', 'completeVisit', 'cancelVisit'] as const
  const done: VisitVerb[] = []
  for (const verb of verbs) {
    const { id } = await plan()
    const inputOf = (each: VisitVerb) => ({ id, ...(inputs as Record<string, object>)[each] })
    for (const step of path) await run(step, inputOf(step))
    const outcome = await run(verb, inputOf(verb)).then(
      () => done.push(verb),
      (error) => error,
    )
    if (!(outcome instanceof Error)) continue
    const isNotBegun = verb === 'completeVisit' && ['PLANNED', 'CONFIRMED'].includes(status)
    const refusal = isNotBegun
      ? { code: 'INVALID', reason: 'visit.not_started' }
      : { code: 'CONFLICT', reason: 'visit.illegal_transition' }
    expect(outcome).toMatchObject(refusal)
  }
  expect(done).toEqual(permittedVerbs[status])
})

test('all faults of an input are told together, with their places', async () => {
  const refused = plan({ purpose: '  ', objectives: ['ok', ''], assigneeId: 'a b', plannedEnd: '2026-03-12T09:00:00Z' })
  await expect(refused).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'visit.end_before_start',
    fields: [
      { path: 'input.plannedEnd', reason: 'visit.end_before_start' },
      { path: 'input.purpose', reason: 'text.required' },
      { path: 'input.objectives.1', reason: 'text.required' },
      { path: 'input.assigneeId', reason: 'subject.malformed' },
    ],
  })
})

test.each<[string, VisitVerb, object, string, string]>([
  [
    'a report without a summary',
    'completeVisit',
    { report: { summary: ' ' } },
    'text.required',
    'input.report.summary',
  ],
  [
    'an outcome that is no code',
    'completeVisit',
    { report: { summary: 's', outcome: 'went well' } },
    'code.malformed',
    'input.report.outcome',
  ],
  ['a reason that is too long', 'cancelVisit', { reason: '长'.repeat(501) }, 'text.too_long', 'input.reason'],
  [
    'an end before the new start',
    'rescheduleVisit',
    { plannedStart: '2026-04-02T09:00:00Z', plannedEnd: '2026-04-01T09:00:00Z', reason: 'r' },
    'visit.end_before_start',
    'input.plannedEnd',
  ],
  [
    'an end that no calendar knows',
    'rescheduleVisit',
    { plannedStart: '9999-12-31T23:59:00Z', reason: 'r' },
    'time.out_of_range',
    'input.plannedEnd',
  ],
  [
    'an agreement in the future',
    'confirmVisit',
    { confirmedAt: '2026-03-10T08:02:00Z' },
    'time.future',
    'input.confirmedAt',
  ],
  ['a start in the future', 'startVisit', { startedAt: '2026-03-10T08:02:00Z' }, 'time.future', 'input.startedAt'],
  ['a start before 1900', 'startVisit', { startedAt: '1899-12-31T23:59:59Z' }, 'time.out_of_range', 'input.startedAt'],
  [
    'an end in the future',
    'completeVisit',
    { endedAt: '2026-03-10T08:02:00Z', report },
    'time.future',
    'input.endedAt',
  ],
  ['a stale version', 'confirmVisit', { expectedVersion: 7 }, 'version.stale', 'input.expectedVersion'],
])('%s is refused', async (_, verb, input, reason, path) => {
  const { id } = await plan()
  if (verb === 'completeVisit') await run('startVisit', { id })
  await expect(run(verb, { id, ...input })).rejects.toMatchObject({ reason, fields: [{ path, reason }] })
})

test('a visit needs a customer who is known and not archived', async () => {
  await expect(plan({ customerId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'customer.unknown' })
  const archived = aCustomer({ status: 'ARCHIVED' })
  await svc.deliver(customerArchived, archived)
  await svc.drain()
  await expect(plan({ customerId: archived.id })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'customer.archived',
  })
})

test.each(['service', 'analyst', 'privacy_officer'])('%s may not plan a visit', async (role) => {
  await expect(plan({}, role)).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('a visit of another tenant, or of no id at all, is not found', async () => {
  const { id } = await plan()
  const globex = svc.as({ roles: ['manager'], tenant: 'globex' })
  for (const [as, unknown] of [
    [globex, id],
    [svc.as('sales'), randomUUID()],
    [svc.as('sales'), 'x'],
  ] as const) {
    const { data, errors } = await as.request('query ($id: ID!) { visit(id: $id) { id } }', { id: unknown })
    expect({ data, code: errors?.[0]?.extensions?.code }).toEqual({ data: { visit: null }, code: 'NOT_FOUND' })
    await expect(as.mutate(visitDocuments.startVisit, { input: { id: unknown } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  }
})

test('an idempotency key plans one visit, also for two calls at once', async () => {
  const me = { roles: ['sales'], subject: randomUUID() }
  const [one, other] = await Promise.all([plan({ idempotencyKey: 'k' }, me), plan({ idempotencyKey: 'k' }, me)])
  expect(other).toEqual(one)
  await expect(plan({ idempotencyKey: 'k', purpose: 'else' }, me)).rejects.toMatchObject({
    reason: 'idempotency.key_reused',
  })
})

test('of two who start a visit at once, one does', async () => {
  const { id } = await plan()
  const outcomes = await Promise.allSettled([run('startVisit', { id }), run('startVisit', { id })])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})
