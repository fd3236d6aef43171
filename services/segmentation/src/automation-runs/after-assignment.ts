import { idsParameter, type Transaction, timer } from '@clientele/kit'
import { type ActionRequest, requestAction } from './request-action.js'

interface Answered {
  id: string
  data: { id: string }
}

interface Waiting extends Omit<ActionRequest, 'customerVersion'> {
  runId: string
  customerVersion: number | null
  authorId: string
  /** What set the run off. */
  eventId: string | null
}

/**
 * Requests what waited for the assignment of its run, whatever came of that: the owner is now whoever it is for. Those who do it must know the
 * version of the customer that the assignment made, since its event may reach them later than this. A run has one assignment, or several where its
 * automation was saved when that could be: then the last answer is waited for.
 */
export const goOnAfterAssignment = async (tx: Transaction, events: readonly Answered[]): Promise<void> => {
  const answers = new Map(events.map((event) => [event.data.id, event.id]))
  const assignments = await tx.em.execute<{ id: string; runId: string }[]>(
    `select id, run_id as "runId" from automation_action where id = any(?::uuid[]) and kind = 'ASSIGN' order by position`,
    [idsParameter([...answers.keys()])],
  )
  const causes = new Map(assignments.map(({ id, runId }) => [runId, answers.get(id) as string]))
  await requestWaiting(
    tx,
    [...causes.keys()],
    `not exists (select from automation_action o where o.run_id = w.run_id and o.kind = 'ASSIGN' and o.outcome is null)`,
    ({ runId }) => causes.get(runId),
  )
}

/** How long an assignment is waited for: its request or its answer may be a dead letter. */
export const longestWaitMs = 60 * 60 * 1_000

/** Requests what has waited long enough for the assignment of its run, for whoever is the owner: to notify late is better than never. */
export const goOnWithoutAnswer = timer('goOnWithoutAnswer', (tx, due) =>
  requestWaiting(
    tx,
    due.map(({ entityId }) => entityId),
    'true',
    ({ eventId }) => eventId ?? undefined,
  ),
)

const requestWaiting = async (
  tx: Transaction,
  runIds: readonly string[],
  condition: string,
  causeOf: (waiting: Waiting) => string | undefined,
): Promise<void> => {
  if (!runIds.length) return
  // Two assignments of a run that are answered at once would each wait for the other.
  await tx.em.execute('select id from automation_run where id = any(?::uuid[]) order by id for update', [
    idsParameter(runIds),
  ])
  const waiting = await tx.em.execute<Waiting[]>(
    `select w.id, w.position, w.kind, w.turn, w.run_id as "runId", r.automation_id as "automationId",
       r.number as "automationVersion", r.customer_id as "customerId", r.event_id as "eventId", v.author_id as "authorId",
       (select max(o.made_version) from automation_action o where o.run_id = w.run_id and o.kind = 'ASSIGN') as "customerVersion"
     from automation_action w join automation_run r on r.id = w.run_id
     join automation_version v on v.automation_id = r.automation_id and v.number = r.number
     where w.run_id = any(?::uuid[]) and w.event_id is null and ${condition} order by w.id`,
    [idsParameter(runIds)],
  )
  if (!waiting.length) return
  const requested = waiting.map((action) => {
    const { id, position, kind, turn, automationId, automationVersion, customerId, customerVersion, authorId } = action
    const request = { id, position, kind, turn, automationId, automationVersion, customerId }
    const known = customerVersion === null ? {} : { customerVersion }
    return { id, event_id: requestAction(tx, { authorId, cause: causeOf(action) }, { ...request, ...known }) }
  })
  await tx.em.execute(
    `update automation_action set event_id = row.event_id from jsonb_to_recordset(?::jsonb) as row (id uuid, event_id uuid)
     where automation_action.id = row.id`,
    [JSON.stringify(requested)],
  )
}
