import type { TestService } from '@clientele/testkit'
import type { Random } from './random.js'
import { awkward, insert, subjects, territories } from './seed.js'

/** Customers of a tenant with visits, complaints and contacts; answers with the ids of all. */
export const seedInteractions = async (svc: TestService, tenant: string, random: Random) => {
  const a = awkward(random)
  const customers = Array.from({ length: 16 }, () => ({
    id: a.record().id,
    version: 1,
    kind: 'PERSON',
    status: 'ACTIVE',
    owner_id: a.maybe(random.one(subjects)),
    territory: random.one(territories),
  }))
  const of = <T>(most: number, make: () => T) =>
    customers
      .slice(2)
      .flatMap(({ id }) =>
        Array.from({ length: random.below(most) }, () => ({ ...a.record(), customer_id: id, ...make() })),
      )
  const visits = of(6, () => ({
    status: random.one(['PLANNED', 'CONFIRMED', 'MISSED']),
    mode: random.one(['ONSITE', 'PHONE']),
    purpose: a.text(),
    objectives: random.some([a.text(), a.text()], 2),
    assignee_id: a.maybe(random.one(subjects)),
    planned_start: a.time(),
    planned_end: '2026-12-01T00:00:00Z',
    actual_start: a.maybe(a.time()),
    reschedules: random.chance(0.5)
      ? []
      : [{ at: a.isoTime(), by: 'bob', plannedStart: a.isoTime(), plannedEnd: a.isoTime(), reason: a.text() }],
    report: a.maybe({
      summary: a.text(),
      customerFeedback: a.maybe(a.text()),
      sentiment: a.maybe('POSITIVE'),
      outcome: null,
    }),
    cancellation: a.maybe({ at: a.isoTime(), by: 'ann', reason: a.text(), reasonCode: null }),
  }))
  let number = 0
  const complaints = of(5, () => {
    const decided = random.chance(0.5)
    const paid = decided && random.chance(0.5)
    return {
      number: `K-${String(++number).padStart(6, '0')}`,
      status: random.one(['RECEIVED', 'ASSESSED', 'INVESTIGATING', 'WITHDRAWN']),
      channel: 'PHONE',
      category: random.one(['delivery.late', 'other']),
      severity: random.one(['LOW', 'HIGH']),
      safety: random.chance(0.5),
      description: a.text(),
      desired_remedy: a.maybe(a.text()),
      owner_team: a.maybe('logistics'),
      received_at: a.time(),
      acknowledge_by: a.time(),
      resolve_by: a.time(),
      paused_seconds: 0,
      escalated: random.chance(0.5),
      root_cause: a.maybe(a.text()),
      decision: decided ? 'UPHELD' : null,
      remedy: decided ? a.text() : null,
      compensation_amount: paid ? '12.5000' : null,
      compensation_currency: paid ? 'EUR' : null,
      communicated_at: decided ? a.time() : null,
      steps: [{ at: a.isoTime(), by: 'ann', action: 'received', status: 'RECEIVED', note: a.maybe(a.text()) }],
    }
  })
  const repeated = complaints.map((each, at) =>
    at % 5 === 4
      ? { ...each, status: 'DUPLICATE', duplicate_of_id: complaints[0]!.id }
      : { ...each, duplicate_of_id: null },
  )
  const contacts = of(5, () => ({
    kind: 'MAIL',
    direction: 'OUTBOUND',
    occurred_at: a.time(),
    subject: a.text(),
    body: a.maybe(a.text()),
  }))
  await insert(svc, tenant, 'customer', customers)
  await insert(svc, tenant, 'visit', visits)
  await insert(svc, tenant, 'complaint', repeated)
  await insert(svc, tenant, 'contact', contacts)
  const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
  return { customers: ids(customers), visits: ids(visits), complaints: ids(complaints), contacts: ids(contacts) }
}
