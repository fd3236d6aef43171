import type { NotificationKind } from '@clientele/contracts'
import { clearTimers, type DueTimer, setTimers, type Timer, type Transaction, timer } from '@clientele/kit'
import { noticeOf, notify } from '../notifications/notification.actions.js'
import { Task } from './task.entity.js'
import { recipientsOf } from './task-recipients.js'

/** Tells whoever does a task at this moment, once for each time that it is set for. */
const tell = (kind: NotificationKind) => async (tx: Transaction, due: readonly DueTimer[]) => {
  const ids = due.map(({ entityId }) => entityId)
  const tasks = await tx.em.find(Task, { id: { $in: ids }, status: 'OPEN' }, { orderBy: { id: 'asc' } })
  const recipients = await recipientsOf(tx, tasks)
  for (const task of tasks) notify(tx, recipients.get(task) ?? [], noticeOf(kind, 'task', task))
}

export const remindOfTask = timer('remindOfTask', tell('TASK_REMINDER'))
export const warnOfOverdueTask = timer('warnOfOverdueTask', tell('TASK_OVERDUE'))

/** When somebody is told of a task that stands so; of one that is over nobody is told any more, and the moments before its end stay. */
export type TaskMoments = ReadonlyMap<Timer, Date | null>

export const momentsOf = ({ status, remindAt, dueAt, result, cancellation }: Task): TaskMoments => {
  const endedAt = result?.at ?? cancellation?.at
  const isTold = (at: Date | null) =>
    at && (status === 'OPEN' || (endedAt !== undefined && at.getTime() <= Date.parse(endedAt)))
  return new Map([
    [remindOfTask, isTold(remindAt) ? remindAt : null],
    [warnOfOverdueTask, isTold(dueAt) ? dueAt : null],
  ])
}

/** Moves the timers of a task to its moments as they are now; those that are as before stay, also where they have gone off. */
export const moveTimers = async (tx: Transaction, task: Task, before?: TaskMoments) => {
  for (const [timer, at] of momentsOf(task)) {
    const [was, is] = [before?.get(timer)?.getTime(), at?.getTime()]
    if (was === is) continue
    if (at) await setTimers(tx, timer, [{ entityId: task.id, at }])
    else await clearTimers(tx, timer, [task.id])
  }
}
