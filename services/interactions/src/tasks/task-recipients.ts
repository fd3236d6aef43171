import type { Transaction } from '@clientele/kit'
import { noticeOf, notifyOthers } from '../notifications/notification.actions.js'
import { membersOf, type Recipient, toldFor } from '../staff/recipients.js'
import type { Task } from './task.entity.js'

/** Who is told of each task now: whoever does it, stands in for them or answers for their work, or the members of its team. */
export const recipientsOf = async (
  tx: Transaction,
  tasks: readonly Task[],
): Promise<ReadonlyMap<Task, readonly Recipient[]>> => {
  const named = (values: readonly (string | null)[]) => [...new Set(values.filter((one) => one !== null))]
  const people = await toldFor(tx, named(tasks.map(({ assigneeId }) => assigneeId)), tx.now())
  const members = await membersOf(tx, named(tasks.map(({ teamKey }) => teamKey)), tx.now())
  return new Map(
    tasks.map((task) => {
      const { assigneeId, teamKey } = task
      return [task, (assigneeId === null ? members.get(teamKey ?? '') : people.get(assigneeId)) ?? []]
    }),
  )
}

/** Tells whoever has a task now, unless they gave it to themselves. */
export const tellOfAssignment = async (tx: Transaction, task: Task) => {
  const recipients = await recipientsOf(tx, [task])
  notifyOthers(tx, recipients.get(task) ?? [], noticeOf('TASK_ASSIGNED', 'task', task))
}
