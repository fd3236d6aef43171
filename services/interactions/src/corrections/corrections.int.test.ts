import { randomUUID } from 'node:crypto'
import {
  complaintUpdated,
  contactCorrected,
  contactVoided,
  type EventType,
  limits,
  visitCorrected,
  visitVoided,
} from '@clientele/contracts'
import { startForTest, type TestActor } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { knownCustomer } from '../../fixture/customers.js'
import { createVisits } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const svc = await startForTest(interactions, { now: () => clock.now })
const customerId = await knownCustomer(svc)
const { run: runVisit, plan } = createVisits(svc, customerId)
const { at } = createComplaints(svc, customerId)

const history = 'corrections { at by reason changedFields }'
const selections: Record<string, string> = {
  Visit: `id version status mode purpose objectives actualStart actualEnd report { summary customerFeedback sentiment outcome } ${history} voiding { at by reason }`,
  Contact: `id version status kind direction occurredAt subject body ${history} voiding { at by reason }`,
  Complaint: `id version status channel description desiredRemedy steps { action } ${history}`,
}
const run = async (mutation: string, input: object, as: string | TestActor = 'manager') => {
  const concept = Object.keys(selections).find((name) => mutation.endsWith(name))!
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selections[concept]} } }`
  return (await svc.as(as).mutate(document, { input }))[mutation]
}
const record = (fields: object = {}) =>
  run('recordContact', { customerId, kind: 'CALL', direction: 'INBOUND', subject: '来电', body: 'b', ...fields })
const report = { summary: '满意', customerFeedback: 'رائع', sentiment: 'POSITIVE', outcome: 'order.placed' }
const held = async () => {
  const { id } = await plan({ objectives: ['o'] })
  await runVisit('startVisit', { id, startedAt: '2026-03-09T09:00:00Z' })
  return runVisit('completeVisit', { id, endedAt: '2026-03-09T10:00:00Z', report })
}
const published = async (type: EventType, id: string) => {
  await svc.relay()
  return (await svc.published(type as typeof visitVoided)).filter((data) => data.id === id)
}
const me = { roles: ['manager'], subject: 'mia' }
const noted = (changedFields: string[], reason = 'Typo') => ({
  at: clock.now.toISOString(),
  by: 'mia',
  reason,
  changedFields,
})

test('a contact is corrected with its history, and events say which fields but not what', async () => {
  const { id } = await record()
  const change = { id, kind: 'MAIL', occurredAt: '2026-03-09T08:00:00Z', body: '更正 ✏️', reason: ' Typo ' }
  const corrected = await run('correctContact', change, me)
  const fields = ['kind', 'occurredAt', 'body']
  expect(corrected).toMatchObject({
    ...{ version: 2, kind: 'MAIL', occurredAt: '2026-03-09T08:00:00.000Z', subject: '来电', body: '更正 ✏️' },
    corrections: [noted(fields)],
  })
  expect(await run('correctContact', change, me)).toEqual(corrected)
  expect(await run('correctContact', { id, subject: null, reason: 'Typo' }, me)).toMatchObject({
    subject: null,
    corrections: [noted(fields), noted(['subject'])],
  })
  const events = await published(contactCorrected, id)
  expect(events).toMatchObject([{ version: 2, kind: 'MAIL', changedFields: fields }, { changedFields: ['subject'] }])
  expect(JSON.stringify(events)).not.toMatch(/更正|来电|Typo/)
  const { rows } = await svc.database.system.query(
    `select fields from audit_entry where action = 'contact.corrected' and entity_id = $1 order by at limit 1`,
    [id],
  )
  expect(rows).toEqual([{ fields }])
})

test('a visit is corrected: its purpose, its times, and parts of its report', async () => {
  const { id } = await held()
  const change = {
    ...{ id, mode: 'PHONE', purpose: '回访', actualEnd: '2026-03-09T09:30:00Z', reason: 'Typo' },
    report: { summary: '很满意', customerFeedback: null },
  }
  const corrected = await run('correctVisit', change, me)
  const fields = ['purpose', 'mode', 'actualEnd', 'report.summary', 'report.customerFeedback']
  expect(corrected).toMatchObject({
    ...{ status: 'COMPLETED', mode: 'PHONE', purpose: '回访', objectives: ['o'] },
    ...{ actualStart: '2026-03-09T09:00:00.000Z', actualEnd: '2026-03-09T09:30:00.000Z' },
    report: { ...report, summary: '很满意', customerFeedback: null },
    corrections: [noted(fields)],
  })
  expect(await run('correctVisit', change, me)).toEqual(corrected)
  const events = await published(visitCorrected, id)
  expect(events).toMatchObject([{ outcome: 'order.placed', changedFields: fields, actualEnd: corrected.actualEnd }])
  expect(JSON.stringify(events)).not.toMatch(/回访|满意|Typo/)
})

test.each(['RECEIVED', 'INVESTIGATING', 'CLOSED'] as const)(
  'the texts of a complaint that is %s are corrected; it is no step',
  async (status) => {
    const { id } = await at(status)
    const [first] = [await run('correctComplaint', { id, reason: 'Same' }, me)]
    const change = { id, channel: 'web.form', description: '包裹破损 📦', desiredRemedy: null, reason: 'Typo' }
    const corrected = await run('correctComplaint', change, me)
    const fields = ['channel', 'description', ...(first.desiredRemedy ? ['desiredRemedy'] : [])]
    expect(corrected).toEqual({
      ...first,
      ...{ version: first.version + 1, channel: 'web.form', description: '包裹破损 📦', desiredRemedy: null },
      corrections: [noted(fields)],
    })
    const events = await published(complaintUpdated, id)
    expect(events.at(-1)).toMatchObject({ version: corrected.version, channel: 'web.form', changedFields: fields })
  },
)

test('what was entered by mistake is kept with its reason, and stands in no timeline', async () => {
  const own = await knownCustomer(svc)
  const { id: contact } = await run('recordContact', {
    customerId: own,
    kind: 'NOTE',
    direction: 'INTERNAL',
    body: 'b',
  })
  const { id: visit } = await plan({ customerId: own, plannedStart: '2026-03-09T09:00:00Z' })
  const { id: ahead } = await plan({ customerId: own })
  const voiding = { at: clock.now.toISOString(), by: 'mia', reason: 'Wrong customer' }
  for (const [mutation, id, type] of [
    ['voidContact', contact, contactVoided],
    ['voidVisit', visit, visitVoided],
    ['voidVisit', ahead, visitVoided],
  ] as const) {
    const voided = await run(mutation, { id, reason: 'Wrong customer' }, me)
    expect(voided).toMatchObject({ status: 'VOIDED', voiding })
    expect(await run(mutation, { id, reason: 'Again', expectedVersion: 1 }, me)).toEqual(voided)
    expect(await published(type, id)).toMatchObject([{ status: 'VOIDED', version: 2 }])
    const correction = run(mutation.replace('void', 'correct'), { id, reason: 'Typo' })
    const reason = mutation === 'voidContact' ? 'contact.voided' : 'visit.voided'
    await expect(correction).rejects.toMatchObject({ code: 'CONFLICT', reason })
  }
  await expect(runVisit('startVisit', { id: ahead })).rejects.toMatchObject({ code: 'CONFLICT' })
  const lists = '{ totalCount nodes { id } }'
  const document = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer {
    timeline ${lists} upcoming ${lists} contacts ${lists} visits ${lists} } } }`
  const { _entities } = await svc.as('admin').query(document, { r: [{ __typename: 'Customer', id: own }] })
  expect(
    Object.entries(_entities[0]).map(([name, { totalCount, nodes }]: any) => [name, totalCount, nodes.length]),
  ).toEqual([
    ['timeline', 0, 0],
    ['upcoming', 0, 0],
    ['contacts', 1, 1],
    ['visits', 2, 2],
  ])
})

test('what did not take place yet is not corrected', async () => {
  const { id } = await plan()
  const conflict = (reason: string, field: string) => ({
    code: 'CONFLICT',
    reason,
    fields: [{ path: `input.${field}` }],
  })
  const of = (fields: object) => run('correctVisit', { id, reason: 'r', ...fields })
  const time = '2026-03-09T09:00:00Z'
  await expect(of({ actualStart: time })).rejects.toMatchObject(conflict('visit.not_begun', 'actualStart'))
  await expect(of({ actualEnd: time })).rejects.toMatchObject(conflict('visit.not_completed', 'actualEnd'))
  await expect(of({ report: { summary: 's' } })).rejects.toMatchObject(conflict('visit.not_completed', 'report'))
})

test.each<[string, string, object, string, string]>([
  ['a contact without a reason', 'correctContact', { reason: ' ' }, 'text.required', 'input.reason'],
  ['a contact that says nothing', 'correctContact', { subject: null, body: null }, 'contact.empty', 'input.body'],
  [
    'a contact in the future',
    'correctContact',
    { occurredAt: '2026-03-10T08:02:00Z' },
    'time.future',
    'input.occurredAt',
  ],
  ['a voiding without a reason', 'voidContact', { reason: '' }, 'text.required', 'input.reason'],
  [
    'an end before the start',
    'correctVisit',
    { actualEnd: '2026-03-08T09:00:00Z' },
    'visit.end_before_start',
    'input.actualEnd',
  ],
  [
    'a start after the end',
    'correctVisit',
    { actualStart: '2026-03-10T07:00:00Z' },
    'visit.end_before_start',
    'input.actualStart',
  ],
  [
    'a report without a summary',
    'correctVisit',
    { report: { summary: null } },
    'text.required',
    'input.report.summary',
  ],
  ['a blank description', 'correctComplaint', { description: ' ' }, 'text.required', 'input.description'],
])('%s is refused', async (_, mutation, input, reason, path) => {
  const { id } = mutation.endsWith('Contact')
    ? await record()
    : mutation.endsWith('Visit')
      ? await held()
      : await at('RECEIVED')
  await expect(run(mutation, { id, reason: 'r', ...input })).rejects.toMatchObject({
    code: 'INVALID',
    fields: [{ path, reason }],
  })
})

test('who may not, is refused, and nobody beyond their tenant finds anything', async () => {
  const [contact, visit, complaint] = [await record(), await held(), await at('RECEIVED')]
  const input = (id: string) => ({ id, reason: 'r' })
  for (const [mutation, { id }, roles] of [
    ['correctContact', contact, ['analyst', 'privacy_officer']],
    ['voidContact', contact, ['sales', 'service']],
    ['correctVisit', visit, ['service', 'analyst']],
    ['voidVisit', visit, ['sales', 'service']],
    ['correctComplaint', complaint, ['sales', 'analyst']],
  ] as const) {
    for (const role of roles) {
      await expect(run(mutation, input(id), role)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
    const globex = { roles: ['admin'], tenant: 'globex' }
    await expect(run(mutation, input(id), globex)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(run(mutation, input(randomUUID()))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(run(mutation, { ...input(id), expectedVersion: 9 })).rejects.toMatchObject({ reason: 'version.stale' })
  }
})

test('an entry is corrected as often as its history may be long, and no more', async () => {
  const { id } = await record()
  await run('correctContact', { id, body: '0', reason: 'r' })
  const actor = { subject: 't', roles: ['admin'], tenant: 'acme', territories: [], kind: 'person' as const }
  await svc.database
    .fork(actor, clock.now)
    .execute(`update contact set corrections = to_jsonb(array_fill(corrections -> 0, array[?::int])) where id = ?`, [
      limits.corrections.most - 1,
      id,
    ])
  await run('correctContact', { id, body: '1', reason: 'r' })
  await expect(run('correctContact', { id, body: '2', reason: 'r' })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'contact.too_many_corrections',
  })
})

test('corrections at the same time are all kept', async () => {
  const { id } = await record()
  const bodies = Array.from({ length: 5 }, (_, at) => `body ${at}`)
  await Promise.all(bodies.map((body) => run('correctContact', { id, body, reason: body })))
  const { corrections, version } = await run('correctContact', { id, reason: 'Same' })
  expect(version).toBe(6)
  expect(corrections.map(({ reason }: { reason: string }) => reason).toSorted()).toEqual(bodies)
})

test('analysts see that something was corrected, and not why', async () => {
  const { id } = await record()
  await run('correctContact', { id, body: 'x', reason: 'private' })
  await run('voidContact', { id, reason: 'private' })
  const { contact } = await svc
    .as('analyst')
    .query(
      'query ($id: ID!) { contact(id: $id) { redactedFields corrections { reason changedFields } voiding { reason by } } }',
      { id },
    )
  expect(contact).toMatchObject({ corrections: [{ reason: null, changedFields: ['body'] }], voiding: { reason: null } })
  expect(contact.redactedFields).toEqual(expect.arrayContaining(['corrections.reason', 'voiding.reason']))
})
