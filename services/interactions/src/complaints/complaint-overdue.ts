import type { FilterQuery } from '@mikro-orm/core'
import type { Complaint } from './complaint.entity.js'

/** Whether a complaint was not acknowledged or not decided in time, now or earlier. */
export const isOverdue = ({ overdueFrom }: Pick<Complaint, 'overdueFrom'>, now: Date) =>
  overdueFrom !== null && overdueFrom < now

/** The same over rows. */
export const overdueSql = (complaint: string, now: string) => `coalesce(${complaint}.overdue_from < ${now}, false)`

/** The same as a condition of a filter. */
export const overdueWhere = (overdue: boolean, now: Date): FilterQuery<Complaint> =>
  overdue
    ? { $and: [{ overdueFrom: { $ne: null } }, { overdueFrom: { $lt: now } }] }
    : { $or: [{ overdueFrom: null }, { overdueFrom: { $gte: now } }] }
