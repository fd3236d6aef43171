import type { Context } from '@clientele/kit'
import { standingInFor } from '../staff/recipients.js'
import { Task } from '../tasks/task.entity.js'
import { Visit } from '../visits/visit.entity.js'

const dayMs = 86_400_000
const past = 30 * dayMs
const future = 366 * dayMs
/** A program that is given more shows a calendar that nobody reads. */
const most = 2_000

/** What stands in the calendar of whoever acts: as in their agenda, from thirty days ago to a year from now, called off and done included. */
export const calendarEntriesOf = async ({ em, actor, now }: Context): Promise<{ visits: Visit[]; tasks: Task[] }> => {
  const at = now()
  const { whom, teams } = await standingInFor({ em }, actor.subject, at)
  const window = { $gte: new Date(at.getTime() - past), $lt: new Date(at.getTime() + future) }
  const visits = await em.find(
    Visit,
    { assigneeId: { $in: [...whom] }, plannedStart: window, status: { $ne: 'VOIDED' } },
    { orderBy: { plannedStart: 'desc', id: 'desc' }, limit: most },
  )
  const tasks = await em.find(
    Task,
    { $or: [{ assigneeId: { $in: [...whom] } }, { teamKey: { $in: [...teams] } }], dueAt: window },
    { orderBy: { dueAt: 'desc', id: 'desc' }, limit: most },
  )
  return { visits, tasks }
}
