import { idsParameter, type Transaction } from '@clientele/kit'
import { type ActionRequest, requestAction } from './request-action.js'

interface Answered {
  id: string
  data: { id: string }
}

interface Waiting extends Omit<ActionRequest, 'customerVersion'> {
  customerVersion: number | null
  authorId: string
  /** The assignment that was waited for. */
  assignment: string
}

/**
 * Requests what waited for the assignment of its run, whatever came of that: the owner is now whoever it is for. Those who do it must know the
 * version of the customer that the assignment made, since its event may reach them later than this. A run has one assignment, or several where its
 * automation was saved when that could be: then the last answer is waited for.
 */
export const goOnAfterAssignment = async (tx: Transaction, events: readonly Answered[]): Promise<void> => {
  const answers = new Map(events.map((event) => [event.data.id, event.id]))
  // Two assignments of a run that are answered at once would each wait for the other.
  const runs = await tx.em.execute<unknown[]>(
    `select r.id from automation_run r where r.id in (select run_id from automation_action where id = any(?::uuid[]) and kind = 'ASSIGN')
     order by r.id for update`,
    [idsParameter([...answers.keys()])],
  )
  if (!runs.length) return
  const waiting = await tx.em.execute<Waiting[]>(
    `select distinct on (w.id) w.id, w.position, w.kind, w.turn, r.automation_id as "automationId", r.number as "automationVersion",
       r.customer_id as "customerId", v.author_id as "authorId", a.id as assignment,
       (select max(o.made_version) from automation_action o where o.run_id = w.run_id and o.kind = 'ASSIGN') as "customerVersion"
     from automation_action a join automation_action w on w.run_id = a.run_id and w.event_id is null
     join automation_run r on r.id = a.run_id
     join automation_version v on v.automation_id = r.automation_id and v.number = r.number
     where a.id = any(?::uuid[]) and a.kind = 'ASSIGN'
       and not exists (select from automation_action o where o.run_id = a.run_id and o.kind = 'ASSIGN' and o.outcome is null)
     order by w.id, a.position desc`,
    [idsParameter([...answers.keys()])],
  )
  if (!waiting.length) return
  const requested = waiting.map(({ assignment, authorId, customerVersion, ...action }) => ({
    id: action.id,
    event_id: requestAction(
      tx,
      { authorId, cause: answers.get(assignment) },
      { ...action, ...(customerVersion !== null && { customerVersion }) },
    ),
  }))
  await tx.em.execute(
    `update automation_action set event_id = row.event_id from jsonb_to_recordset(?::jsonb) as row (id uuid, event_id uuid)
     where automation_action.id = row.id`,
    [JSON.stringify(requested)],
  )
}
