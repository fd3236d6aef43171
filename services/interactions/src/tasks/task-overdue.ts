import type { FilterQuery } from '@mikro-orm/core'
import type { Task } from './task.entity.js'

/** Whether a task should be done already. */
export const isOverdue = ({ status, dueAt }: Pick<Task, 'status' | 'dueAt'>, now: Date) =>
  status === 'OPEN' && dueAt < now

/** The same over rows. */
export const overdueSql = (task: string, now: string) => `(${task}.status = 'OPEN' and ${task}.due_at < ${now})`

/** The same as a condition of a filter. */
export const overdueWhere = (overdue: boolean, now: Date): FilterQuery<Task> =>
  overdue
    ? { $and: [{ status: 'OPEN' }, { dueAt: { $lt: now } }] }
    : { $or: [{ status: { $ne: 'OPEN' } }, { dueAt: { $gte: now } }] }
