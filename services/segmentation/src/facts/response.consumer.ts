import { responseCompleted } from '@clientele/contracts'
import { consumeBatch } from '@clientele/kit'
import { noteOccurrences } from '../automation-runs/occurrence.actions.js'
import { evaluateCustomers } from '../memberships/evaluation.actions.js'
import { keepSources, type SourceTable } from './facts.actions.js'

/** Of each score the latest that was given: not every survey asks for all three. */
const responses: SourceTable = {
  table: 'response_fact',
  columns: { completed_at: 'timestamptz', nps: 'int', csat: 'int', ces: 'int' },
  recompute: `
    update customer_facts f set
      nps = r.nps, csat = r.csat, ces = r.ces, last_responded_at = r.last_at, as_of = ?::timestamptz
    from unnest(?::uuid[]) as k(id) left join (
      select customer_id, max(completed_at) as last_at,
        (array_agg(nps order by completed_at desc, id desc) filter (where nps is not null))[1] as nps,
        (array_agg(csat order by completed_at desc, id desc) filter (where csat is not null))[1] as csat,
        (array_agg(ces order by completed_at desc, id desc) filter (where ces is not null))[1] as ces
      from response_fact where customer_id = any(?::uuid[]) group by customer_id
    ) r on r.customer_id = k.id
    where f.id = k.id`,
}

/** Keeps the latest scores that a customer gave, and moves customers between segments. */
export const keepResponseFacts = consumeBatch('segmentation-response-facts', responseCompleted, async (tx, events) => {
  const customers = await keepSources(
    tx,
    responses,
    events.map(({ data: { id, version, customerId, completedAt, nps, csat, ces } }) => ({
      ...{ id, version, customerId, nps, csat, ces },
      completed_at: completedAt,
    })),
  )
  await evaluateCustomers(tx, customers)
  await noteOccurrences(tx, events)
})
