import { startForTest } from '@clientele/testkit'
import { createComplaints } from '../fixture/complaints.js'
import { knownCustomer } from '../fixture/customers.js'
import { createVisits } from '../fixture/visits.js'
import { interactions } from './service.js'

const svc = await startForTest(interactions)
const customerId = await knownCustomer(svc)

const { run, plan } = createVisits(svc, customerId)
const move = { plannedStart: '2026-05-01T09:00:00.000Z', reason: '客户出差' }
const visit = await plan({ objectives: ['续约'] }, 'admin')
await run('rescheduleVisit', { id: visit.id, ...move }, 'admin')
await run('startVisit', { id: visit.id }, 'admin')
const report = { summary: '满意 😀', customerFeedback: 'رائع', sentiment: 'POSITIVE', outcome: 'order.placed' }
await run('completeVisit', { id: visit.id, report }, 'admin')
const cancelled = await plan({}, 'admin')
await run('cancelVisit', { id: cancelled.id, reason: '下雪', reasonCode: 'weather' }, 'admin')

const complaints = createComplaints(svc, customerId)
const complaint = await complaints.receive({ description: '包裹破损 📦', desiredRemedy: '换货' })
for (const [verb, input] of [
  ['acknowledgeComplaint', {}],
  ['assessComplaint', { category: 'delivery.late', severity: 'HIGH', ownerTeam: 'logistics' }],
  ['investigateComplaint', {}],
  ['recordRootCause', { rootCause: '纸箱太薄', rootCauseCode: 'packaging.weak' }],
  [
    'proposeResponse',
    { resolution: { decision: 'UPHELD', remedy: '重新发货', compensation: { amount: '5', currency: 'EUR' } } },
  ],
] as const)
  await complaints.run(verb, { id: complaint.id, ...input })

const RECORD = 'mutation ($input: RecordContactInput!) { recordContact(input: $input) { id } }'
const { recordContact: contact } = await svc.as('service').mutate(RECORD, {
  input: { customerId, kind: 'CALL', direction: 'INBOUND', subject: '来电', body: '抱怨' },
})

const ALL = `query ($visit: ID!, $cancelled: ID!, $complaint: ID!, $contact: ID!) {
  visit(id: $visit) { redactedFields purpose objectives status assigneeId
    reschedules { plannedStart reason } report { summary customerFeedback sentiment outcome } }
  cancelled: visit(id: $cancelled) { redactedFields cancellation { reason reasonCode } }
  complaint(id: $complaint) { redactedFields description desiredRemedy rootCause rootCauseCode ownerTeam
    steps { action note } resolution { decision remedy compensation { amount } } }
  contact(id: $contact) { redactedFields subject body kind } }`
const ids = { visit: visit.id, cancelled: cancelled.id, complaint: complaint.id, contact: contact.id }

const hidden = {
  visit: [
    'purpose',
    'objectives',
    'reschedules.reason',
    'report.summary',
    'report.customerFeedback',
    'cancellation.reason',
    ...['corrections.reason', 'voiding.reason'],
  ],
  complaint: ['description', 'desiredRemedy', 'rootCause', 'steps.note', 'resolution.remedy', 'corrections.reason'],
  contact: ['subject', 'body', 'corrections.reason', 'voiding.reason'],
}
const plain = {
  visit: { status: 'COMPLETED', assigneeId: null },
  report: { sentiment: 'POSITIVE', outcome: 'order.placed' },
  complaint: { rootCauseCode: 'packaging.weak', ownerTeam: 'logistics' },
  resolution: { decision: 'UPHELD', compensation: { amount: '5' } },
}

test.each(['admin', 'manager', 'sales', 'service', 'privacy_officer'])('%s sees what people wrote', async (role) => {
  const answer = await svc.as(role).query(ALL, ids)
  for (const each of Object.values(answer)) expect(each).toMatchObject({ redactedFields: [] })
  expect(answer.visit).toMatchObject({
    ...plain.visit,
    purpose: visit.purpose,
    objectives: ['续约'],
    reschedules: [{ reason: '客户出差' }],
    report,
  })
  expect(answer.cancelled).toMatchObject({ cancellation: { reason: '下雪', reasonCode: 'weather' } })
  expect(answer.complaint).toMatchObject({
    ...plain.complaint,
    description: '包裹破损 📦',
    desiredRemedy: '换货',
    rootCause: '纸箱太薄',
    resolution: { ...plain.resolution, remedy: '重新发货' },
  })
  expect(answer.complaint.steps.at(-1)).toEqual({ action: 'response_proposed', note: 'UPHELD: 重新发货' })
  expect(answer.contact).toMatchObject({ subject: '来电', body: '抱怨', kind: 'CALL' })
})

test('an analyst sees codes, times and amounts, and is told what is hidden', async () => {
  const { data, errors } = await svc.as('analyst').request(ALL, ids)
  const answer = data as Record<string, any>
  expect(errors).toBeUndefined()
  expect(answer.visit.redactedFields.toSorted()).toEqual(hidden.visit.toSorted())
  expect(answer.complaint.redactedFields.toSorted()).toEqual(hidden.complaint.toSorted())
  expect(answer.contact.redactedFields.toSorted()).toEqual(hidden.contact.toSorted())
  expect(answer.visit).toMatchObject({
    ...plain.visit,
    purpose: null,
    objectives: null,
    reschedules: [{ plannedStart: visit.plannedStart, reason: null }],
    report: { ...plain.report, summary: null, customerFeedback: null },
  })
  expect(answer.cancelled).toMatchObject({ cancellation: { reason: null, reasonCode: 'weather' } })
  expect(answer.complaint).toMatchObject({
    ...plain.complaint,
    description: null,
    desiredRemedy: null,
    rootCause: null,
    resolution: { ...plain.resolution, remedy: null },
  })
  expect(answer.complaint.steps.map(({ note }: { note: unknown }) => note)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ])
  expect(answer.contact).toMatchObject({ subject: null, body: null, kind: 'CALL' })
  expect(JSON.stringify(data)).not.toMatch(/\p{Script=Han}|\p{Script=Arabic}/u)
})

test('what is hidden in lists and in a timeline is hidden too', async () => {
  const { visits, complaints: listed } = await svc
    .as('analyst')
    .query('{ visits { nodes { purpose } } complaints { nodes { description } } }')
  expect(visits.nodes).toEqual([{ purpose: null }, { purpose: null }])
  expect(listed.nodes).toEqual([{ description: null }])
  const { _entities } = await svc.as('analyst').query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer {
      timeline { nodes { ... on Visit { purpose redactedFields } ... on Contact { body } ... on Complaint { rootCause } } } } } }`,
    { r: [{ __typename: 'Customer', id: customerId }] },
  )
  expect(_entities[0].timeline.nodes).toHaveLength(4)
  expect(JSON.stringify(_entities)).not.toMatch(/\p{Script=Han}/u)
})

test.each([
  [{ purpose: { eq: '续约' } }, 'filter.purpose'],
  [{ and: [{ or: [{ not: { purpose: { contains: 'x' } } }] }] }, 'filter.and.0.or.0.not.purpose'],
  [{ status: { eq: 'PLANNED' }, purpose: null }, 'filter.purpose'],
])('an analyst cannot find out by filtering: %j', async (filter, path) => {
  const LIST = 'query ($filter: VisitFilter) { visits(filter: $filter) { totalCount } }'
  const refused = { code: 'FORBIDDEN', reason: 'field.hidden', fields: [{ path, reason: 'field.hidden' }] }
  await expect(svc.as('analyst').query(LIST, { filter })).rejects.toMatchObject(refused)
  const of = `query ($filter: VisitFilter, $r: [_Any!]!) { _entities(representations: $r) { ... on Customer { visits(filter: $filter) { totalCount } } } }`
  const r = [{ __typename: 'Customer', id: customerId }]
  await expect(svc.as('analyst').query(of, { filter, r })).rejects.toMatchObject(refused)
  expect(await svc.as('sales').query(LIST, { filter })).toEqual({ visits: { totalCount: expect.any(Number) } })
})
