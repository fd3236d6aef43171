import { idsParameter, timer } from '@clientele/kit'
import { Automation } from '../automations/automation.entity.js'
import { beginAt, type Moment, take, takeCustomers } from './moment.actions.js'
import { beginMoment, moveOn } from './schedule.actions.js'

/** How many customers all moments of a tenant take together in a second: so that what is done about them slows nobody. */
const mostASecond = 200

/** A moment has come: it begins, and the timer goes to the next. One that was missed comes once, however often it would have come. */
export const beginMoments = timer(beginMoment.name, async (tx, due) => {
  const dueAt = new Map(due.map((one) => [one.entityId, one.dueAt]))
  const automations = await tx.em.find(
    Automation,
    { id: { $in: [...dueAt.keys()] }, status: 'ACTIVE', event: 'SCHEDULED' },
    { orderBy: { id: 'asc' } },
  )
  for (const automation of automations) await beginAt(tx, automation, dueAt.get(automation.id) as Date)
  await moveOn(tx, automations)
})

/** Takes the next customers of moments that have begun, the same number for each. */
export const takeFromMoments = timer(takeCustomers.name, async (tx, due) => {
  const moments = await tx.em.execute<Moment[]>(
    `select id, automation_id as "automationId", number as "automationVersion", at::text, after, customers from automation_moment
     where id = any(?::uuid[]) and ended_at is null order by id for update`,
    [idsParameter(due.map(({ entityId }) => entityId))],
  )
  const page = Math.ceil(mostASecond / due.length)
  for (const moment of moments) await take(tx, { ...moment, at: new Date(moment.at) }, page)
})
