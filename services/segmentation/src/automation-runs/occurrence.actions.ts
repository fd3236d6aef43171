import { isUuid } from '@clientele/contracts'
import { type Delivered, setTimers, type Transaction } from '@clientele/kit'
import { automationEventOf } from '../automations/automation-events.js'
import { occurrenceData } from '../automations/event-vocabulary.js'
import { fireAutomations } from './fire.timer.js'

type Happened = Pick<Delivered<never>, 'id' | 'type' | 'time' | 'causationid'> & { data: object }

/**
 * Keeps what happened to customers where it may set automations off, and has it looked at once this is committed. Here nothing is evaluated, so
 * that no automation stops facts. What an automation has caused carries on its chain: by the event that asked for the action, or by one that
 * followed from that.
 */
export const noteOccurrences = async (tx: Transaction, events: readonly Happened[]): Promise<void> => {
  const rows = events.flatMap(({ id, type, time, causationid, data }) => {
    const event = automationEventOf(type)
    const { id: own, customerId = own } = data as { id: string; customerId?: string }
    const cause = causationid && isUuid(causationid) ? causationid : null
    return event ? [{ id, event, customer_id: customerId, at: time, data: occurrenceData(data), cause }] : []
  })
  if (!rows.length) return
  const wanted = await tx.em.execute<{ id: string }[]>(
    `with noted as (
       insert into automation_occurrence (id, event, customer_id, at, data, chain)
       select row.id, row.event, row.customer_id, row.at, row.data, coalesce(
         (select chain from automation_action where event_id = row.cause),
         (select chain from automation_occurrence where id = row.cause), '{}')
       from jsonb_to_recordset(?::jsonb) as row (id uuid, event text, customer_id uuid, at timestamptz, data jsonb, cause uuid)
       on conflict do nothing returning id, event)
     select id from noted where event in (select event from automation where status = 'ACTIVE')`,
    [JSON.stringify(rows)],
  )
  await setTimers(
    tx,
    fireAutomations,
    wanted.map(({ id }) => ({ entityId: id, at: tx.now() })),
  )
}
