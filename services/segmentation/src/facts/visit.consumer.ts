import {
  visitCancelled,
  visitCompleted,
  visitConfirmed,
  visitCorrected,
  visitPlanned,
  visitRescheduled,
  visitStarted,
  visitVoided,
} from '@clientele/contracts'
import { consumeBatch } from '@clientele/kit'
import { noteOccurrences } from '../automation-runs/occurrence.actions.js'
import { evaluateCustomers } from '../memberships/evaluation.actions.js'
import { keepSources, type SourceTable } from './facts.actions.js'

const visits: SourceTable = {
  table: 'visit_fact',
  columns: { status: 'text', completed_at: 'timestamptz' },
  recompute: `
    update customer_facts f set
      visit_count = coalesce(v.total, 0), last_visit_at = v.last_at, as_of = ?::timestamptz
    from unnest(?::uuid[]) as k(id) left join (
      select customer_id, count(completed_at) as total, max(completed_at) as last_at
      from visit_fact where customer_id = any(?::uuid[]) group by customer_id
    ) v on v.customer_id = k.id
    where f.id = k.id`,
}

const tookPlace = ['COMPLETED', 'CLOSED']

/** A visit took place when it was to end, or when it ended by what was noted if that was earlier: reports are often written later. */
const completedAt = (status: string, plannedEnd: string, endedAt: string) =>
  tookPlace.includes(status) ? (Date.parse(plannedEnd) < Date.parse(endedAt) ? plannedEnd : endedAt) : null

/** Keeps number and date of visits that took place, and moves customers between segments. */
export const keepVisitFacts = consumeBatch(
  'segmentation-visit-facts',
  [
    ...[visitPlanned, visitRescheduled, visitConfirmed, visitStarted, visitCompleted, visitCancelled],
    ...[visitCorrected, visitVoided],
  ],
  async (tx, events) => {
    const customers = await keepSources(
      tx,
      visits,
      events.map(({ time, data: { id, version, customerId, status, plannedEnd, actualEnd } }) => ({
        ...{ id, version, customerId, status },
        completed_at: completedAt(status, plannedEnd, actualEnd ?? time),
      })),
    )
    await evaluateCustomers(tx, customers)
    await noteOccurrences(tx, events)
  },
)
