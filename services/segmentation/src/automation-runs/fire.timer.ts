import { idsParameter, timer } from '@clientele/kit'
import { Automation } from '../automations/automation.entity.js'
import { fire } from './fire.actions.js'
import type { Occurrence } from './holding.js'

/**
 * Looks at what happened, for all automations that run. An occurrence ends as a timer in the transaction that acts on it: once, also after a crash.
 * Tenants have their turns, so that the storm of one does not slow others.
 */
export const fireAutomations = timer('fireAutomations', async (tx, due) => {
  const occurrences = await tx.em.execute<Occurrence[]>(
    `select id, event, customer_id as "customerId", at::text, data, chain from automation_occurrence
     where id = any(?::uuid[]) order by automation_occurrence.at, id`,
    [idsParameter(due.map(({ entityId }) => entityId))],
  )
  const events = [...new Set(occurrences.map(({ event }) => event))]
  const where = { status: 'ACTIVE', event: { $in: events } } as const
  for (const automation of await tx.em.find(Automation, where, { orderBy: { id: 'asc' } })) {
    await fire(
      tx,
      automation,
      occurrences.map((one) => ({ ...one, at: new Date(one.at) })),
    )
  }
})
