import { isForOwner, kindOfAutomationAction, type Rights } from '@clientele/contracts'
import { ClienteleError, idsParameter, type Ownership, setTimers, type Transaction } from '@clientele/kit'
import { v7 as uuidv7 } from 'uuid'
import type { Automation } from '../automations/automation.entity.js'
import { goOnWithoutAnswer, longestWaitMs } from './after-assignment.js'
import { inTenantCurrency } from './amounts.js'
import { authorOf, behalfOf } from './author.js'
import { AutomationRun, type RunOutcome } from './automation-run.entity.js'
import { automationRunPolicy } from './automation-run.policy.js'
import { holding, isTriggeredBy, type Occurrence } from './holding.js'
import { loopOf, recentRuns } from './loop-guard.js'
import { requestAction } from './request-action.js'
import { tried } from './tried.js'

/**
 * Does what an automation does about what happened since it was started: a run for each occurrence for which its conditions hold, and an event for
 * each action of it. What is wrong with one automation is told in its runs, and stops no other.
 */
export const fire = async (tx: Transaction, automation: Automation, all: readonly Occurrence[]): Promise<void> => {
  const { startedAt } = automation
  const triggering = all.filter((one) => isTriggeredBy(automation.trigger, one) && startedAt && one.at >= startedAt)
  if (!triggering.length) return
  const occurrences = await inTenantCurrency(tx, automation, triggering)
  const found = await tried(tx, automation, () => holding(tx, automation, occurrences))
  if (!found) return keepRuns(tx, automation, occurrences, () => ({ outcome: 'FAILED', reason: 'automation.failed' }))
  const author = await authorOf(tx, automation)
  const customers = await ownershipsOf(tx, found)
  const recent = await recentRuns(tx, automation, found)
  await keepRuns(tx, automation, found, (occurrence) => {
    const loop = loopOf(automation, occurrence, recent)
    if (loop) return { outcome: 'SUPPRESSED_LOOP', reason: loop }
    const reason = author ? refusalOf(tx, automation, author, customers.get(occurrence.customerId)) : 'staff.left'
    if (reason) {
      tx.trail.denied({
        ...{ action: 'fireAutomation', type: 'Automation', id: automation.id, reason },
        onBehalfOf: behalfOf(automation),
      })
      return { outcome: 'REFUSED', reason }
    }
    recent.add(occurrence.customerId)
    return { outcome: 'FIRED', reason: null }
  })
  await tx.em.execute('update automation set fired = fired + ?, condition_false = condition_false + ? where id = ?', [
    recent.added(),
    occurrences.length - found.length,
    automation.id,
  ])
}

/** Why the author may have nothing done about a customer. */
const refusalOf = (tx: Transaction, automation: Automation, rights: Rights, customer: Ownership = {}) => {
  try {
    tx.onBehalfOf(behalfOf(automation), rights).allow(automationRunPolicy.fire, customer)
    return undefined
  } catch (error) {
    if (error instanceof ClienteleError && error.reason) return error.reason
    throw error
  }
}

const ownershipsOf = async ({ em }: Transaction, occurrences: readonly Occurrence[]) => {
  const rows = await em.execute<(Ownership & { id: string })[]>(
    'select id, owner_id as "ownerId", territory from customer_facts where id = any(?::uuid[])',
    [idsParameter([...new Set(occurrences.map(({ customerId }) => customerId))])],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

interface Verdict {
  outcome: RunOutcome
  reason: string | null
}

/** One run for each, once for an automation and event, and the events that ask for its actions. */
const keepRuns = async (
  tx: Transaction,
  automation: Automation,
  occurrences: readonly Occurrence[],
  judge: (occurrence: Occurrence) => Verdict,
) => {
  const actions: ReturnType<typeof requestActions> = []
  let turn = automation.fired
  for (const occurrence of occurrences) {
    const verdict = judge(occurrence)
    const run = tx.em.create(AutomationRun, {
      ...{
        automationId: automation.id,
        automationVersion: automation.currentVersion,
        eventId: occurrence.id,
        event: occurrence.event,
      },
      ...{ eventAt: occurrence.at, customerId: occurrence.customerId },
      ...verdict,
    })
    if (verdict.outcome === 'FIRED') actions.push(...requestActions(tx, automation, { run, occurrence, turn: turn++ }))
  }
  await tx.em.flush()
  await tx.em.execute(
    `insert into automation_action (id, run_id, position, kind, turn, event_id, chain)
     select id, run_id, position, kind, turn, event_id, array(select jsonb_array_elements_text(chain)::uuid)
     from jsonb_to_recordset(?::jsonb) as row (id uuid, run_id uuid, position int, kind text, turn int, event_id uuid, chain jsonb)`,
    [JSON.stringify(actions)],
  )
  const waiting = new Set(actions.flatMap(({ run_id, event_id }) => (event_id === null ? [run_id] : [])))
  const at = new Date(tx.now().getTime() + longestWaitMs)
  await setTimers(
    tx,
    goOnWithoutAnswer,
    [...waiting].map((entityId) => ({ entityId, at })),
  )
}

interface Fired {
  run: AutomationRun
  occurrence: Occurrence
  turn: number
}

const requestActions = (tx: Transaction, automation: Automation, { run, occurrence, turn }: Fired) => {
  const { id: automationId, currentVersion: automationVersion, authorId } = automation
  const origin = { authorId, cause: occurrence.id ?? undefined }
  const assigns = automation.actions.some(({ assign }) => assign)
  return automation.actions.map((action, position) => {
    const request = { id: uuidv7(), position, kind: kindOfAutomationAction(action), turn }
    const waits = assigns && isForOwner(action)
    const { customerId } = occurrence
    const event_id = waits
      ? null
      : requestAction(tx, origin, { ...request, automationId, automationVersion, customerId })
    return { ...request, run_id: run.id, event_id, chain: [...occurrence.chain, automation.id] }
  })
}
