import type { EventData, taskCreated } from '@clientele/contracts'
import type { Task } from './task.entity.js'

/** What every event of a task says. */
export type TaskData = Omit<(typeof taskCreated)['example'], keyof EventData>

export const dataOf = (task: Task): TaskData => ({
  customerId: task.customerId ?? null,
  kind: task.kind,
  status: task.status,
  priority: task.priority,
  dueAt: task.dueAt.toISOString(),
  remindAt: task.remindAt?.toISOString() ?? null,
  assigneeId: task.assigneeId ?? null,
  teamKey: task.teamKey ?? null,
  about: task.subject,
  source: task.source,
})
