import type { Context } from '@clientele/kit'
import { type EntityClass, raw } from '@mikro-orm/core'
import { standingInFor } from '../staff/recipients.js'
import { Task } from '../tasks/task.entity.js'
import { Visit } from '../visits/visit.entity.js'

const dayMs = 86_400_000
const past = 30 * dayMs
const future = 366 * dayMs
/** A program that is given more shows a calendar that nobody reads. */
const most = 2_000
const readAtOnce = 500

/** What tells one state of a visit or task from another. */
export interface EntryState {
  id: string
  version: number
  updatedAt: Date | string
  customerId: string | null
}

export interface CalendarStates {
  visits: EntryState[]
  tasks: EntryState[]
}

/**
 * What stands in the calendar of whoever acts, without its content: as in their agenda, from thirty days ago to a year from now, called off and done
 * included. Where that is too much, it is what lies nearest to now, before it or behind it.
 */
export const calendarStatesOf = async ({ em, actor, now }: Context): Promise<CalendarStates> => {
  const at = now()
  const { whom, teams } = await standingInFor({ em }, actor.subject, at)
  const [since, until] = [new Date(at.getTime() - past), new Date(at.getTime() + future)]
  const nearest = async (entity: EntityClass<Visit | Task>, column: string, where: object): Promise<EntryState[]> => {
    const query = em
      .createQueryBuilder(entity as EntityClass<Task>, 'e')
      .select(['id', 'version', 'updatedAt', 'customerId'])
      .where(where as never)
      .orderBy([
        { [raw(`abs(extract(epoch from e.${column} - ?::timestamptz))`, [at])]: 'asc' },
        { id: 'asc' },
      ] as never)
      .limit(most)
    await query.applyFilters()
    return (await query.execute('all')) as unknown as EntryState[]
  }
  const visits = await nearest(Visit, 'planned_start', {
    ...{ assigneeId: { $in: [...whom] }, plannedStart: { $lt: until }, plannedEnd: { $gte: since } },
    status: { $ne: 'VOIDED' },
  })
  const tasks = await nearest(Task, 'due_at', {
    ...{
      $or: [{ assigneeId: { $in: [...whom] } }, { teamKey: { $in: [...teams] } }],
      dueAt: { $gte: since, $lt: until },
    },
  })
  return { visits, tasks }
}

/** The visits and tasks of these states as they are now, by time. */
export const calendarEntriesOf = async (
  { em }: Pick<Context, 'em'>,
  states: CalendarStates,
  signal: AbortSignal,
): Promise<{ visits: Visit[]; tasks: Task[] }> => {
  const all = async <E extends Visit | Task>(entity: EntityClass<E>, ids: readonly string[]): Promise<E[]> => {
    const found: E[] = []
    for (let at = 0; at < ids.length; at += readAtOnce) {
      signal.throwIfAborted()
      const some = { id: { $in: ids.slice(at, at + readAtOnce) } }
      found.push(...(await em.find(entity, some as never, { disableIdentityMap: true })))
    }
    return found
  }
  const visits = await all(Visit, idsOf(states.visits))
  const tasks = await all(Task, idsOf(states.tasks))
  return {
    visits: visits.toSorted((a, b) => a.plannedStart.getTime() - b.plannedStart.getTime() || inOrder(a, b)),
    tasks: tasks.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || inOrder(a, b)),
  }
}

const idsOf = (states: readonly EntryState[]) => states.map(({ id }) => id)

const inOrder = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
