import { latestRecurrence } from '@clientele/business-calendar'
import { accessScopeOf, setTimers, type Transaction } from '@clientele/kit'
import { v7 as uuidv7 } from 'uuid'
import { authorOf, behalfOf, fireRule } from '../automation-runs/author.js'
import { fire } from '../automation-runs/fire.actions.js'
import { tried } from '../automation-runs/tried.js'
import { Automation, type AutomationSchedule } from '../automations/automation.entity.js'
import { customersToTake } from './customers-to-take.js'
import { timeZoneOf } from './schedule.actions.js'

/** A moment of a schedule that has begun. */
export interface Moment {
  id: string
  automationId: string
  automationVersion: number
  at: Date
  after: string | null
  customers: number
}

/** The timer by which a moment takes its next customers. */
export const takeCustomers = { name: 'takeCustomersOfAutomation' }

const second = 1_000

/** Begins the latest moment that has come, where the last one of the same definition left off. One that goes on still ends. */
export const beginAt = async (tx: Transaction, automation: Automation, dueAt: Date): Promise<void> => {
  const { schedule } = automation.trigger
  if (!schedule) return
  const latest = latestRecurrence(schedule, await timeZoneOf(tx), tx.now())
  const now = tx.now().toISOString()
  await tx.em.execute(
    `update automation_moment set ended_at = ?::timestamptz, reason = 'automation.next_moment'
     where automation_id = ? and ended_at is null`,
    [now, automation.id],
  )
  const begun = await tx.em.execute<{ id: string }[]>(
    `insert into automation_moment (id, automation_id, number, at, began_at, after)
     values (?, ?, ?, ?::timestamptz, ?::timestamptz,
       (select case when number = ? then after end from automation_moment where automation_id = ? order by at desc limit 1))
     on conflict do nothing returning id`,
    [
      ...[uuidv7(), automation.id, automation.currentVersion, (latest > dueAt ? latest : dueAt).toISOString(), now],
      ...[automation.currentVersion, automation.id],
    ],
  )
  await setTimers(
    tx,
    takeCustomers,
    begun.map(({ id }) => ({ entityId: id, at: tx.now() })),
  )
}

/** Takes at most so many customers, and goes on in a second; or ends, and says why where some may be left. */
export const take = async (tx: Transaction, moment: Moment, page: number): Promise<void> => {
  const automation = await tx.em.findOne(Automation, { id: moment.automationId })
  const { schedule } = automation?.trigger ?? {}
  if (!automation || !schedule) return end(tx, moment, 'automation.changed')
  const { status, startedAt, currentVersion } = automation
  if (status !== 'ACTIVE' || !startedAt || startedAt > moment.at) return end(tx, moment, 'automation.stopped')
  if (currentVersion !== moment.automationVersion) return end(tx, moment, 'automation.changed')
  const most = Math.min(page, schedule.mostCustomers - moment.customers)
  const found = await customersOf(tx, automation, schedule, { ...moment, most })
  if (typeof found === 'string') return end(tx, moment, found)
  const happened = found.map((customerId) => ({
    ...{ id: null, event: 'SCHEDULED' as const, customerId, at: moment.at, data: {}, chain: [] },
  }))
  await fire(tx, automation, happened)
  const next = { ...moment, customers: moment.customers + found.length, after: found.at(-1) ?? moment.after }
  if (found.length < most) return end(tx, { ...next, after: null }, null)
  if (next.customers >= schedule.mostCustomers) return end(tx, next, 'automation.most_customers')
  await tx.em.execute('update automation_moment set customers = ?, after = ? where id = ?', [
    ...[next.customers, next.after, moment.id],
  ])
  await setTimers(tx, takeCustomers, [{ entityId: moment.id, at: new Date(+tx.now() + second) }])
}

/** The next customers within what the author may do at present; or the code of why there are none. */
const customersOf = async (
  tx: Transaction,
  automation: Automation,
  schedule: AutomationSchedule,
  { at, after, most }: Moment & { most: number },
): Promise<string[] | string> => {
  const rights = await authorOf(tx, automation)
  const author = rights && tx.onBehalfOf(behalfOf(automation), rights).actor
  if (!author || !accessScopeOf(author, fireRule)) {
    const reason = author ? 'role' : 'staff.left'
    tx.trail.denied({
      ...{ action: 'fireAutomation', type: 'Automation', id: automation.id, reason },
      onBehalfOf: behalfOf(automation),
    })
    return reason
  }
  const wanted = { actor: author, rule: fireRule, after, most, automationId: automation.id, at }
  return (await tried(tx, automation, () => customersToTake(tx, automation, schedule, wanted))) ?? 'automation.failed'
}

const end = async (tx: Transaction, { id, customers, after }: Moment, reason: string | null): Promise<void> => {
  await tx.em.execute(
    'update automation_moment set ended_at = ?::timestamptz, customers = ?, after = ?, reason = ? where id = ?',
    [tx.now().toISOString(), customers, after, reason, id],
  )
}
