import { nextRecurrence } from '@clientele/business-calendar'
import { clearTimers, setTimers, type Transaction } from '@clientele/kit'
import type { Automation } from '../automations/automation.entity.js'
import { tenantSettings } from '../settings/settings.actions.js'

/** The timer of an automation's next moment. */
export const beginMoment = { name: 'beginAutomationMoment' }

/** The tenant's time zone. Throws UNAVAILABLE where it is not known here and profiles cannot be asked. */
export const timeZoneOf = async (tx: Transaction): Promise<string> => (await tenantSettings.find(tx))?.timeZone ?? 'UTC'

/** Sets the timer for the next moment of an automation's schedule, or takes it back where it has none or does not run. */
export const followSchedule = async (tx: Transaction, automation: Automation): Promise<void> => {
  const { id, status, trigger } = automation
  const { schedule } = trigger
  automation.nextAt = schedule && status === 'ACTIVE' ? nextRecurrence(schedule, await timeZoneOf(tx), tx.now()) : null
  if (automation.nextAt) await setTimers(tx, beginMoment, [{ entityId: id, at: automation.nextAt }])
  else await clearTimers(tx, beginMoment, [id])
}

/** The same for automations that are not changed themselves: those that run and have a schedule. */
export const moveOn = async (tx: Transaction, automations: readonly Automation[]): Promise<void> => {
  const timeZone = await timeZoneOf(tx)
  const moments = automations.flatMap(({ id, trigger: { schedule } }) =>
    schedule ? [{ entityId: id, at: nextRecurrence(schedule, timeZone, tx.now()) }] : [],
  )
  await setTimers(tx, beginMoment, moments)
  await tx.em.execute(
    `update automation set next_at = row.at from jsonb_to_recordset(?::jsonb) as row ("entityId" uuid, at timestamptz)
     where automation.id = row."entityId" and status = 'ACTIVE'`,
    [JSON.stringify(moments)],
  )
}
