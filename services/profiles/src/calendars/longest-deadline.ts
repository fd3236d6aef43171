import { type DayOfWeek, weeklyWorkingTime } from '@clientele/business-calendar'
import { limits } from '@clientele/contracts'
import type { WorkingDay, WorkingSpan } from './working-days.js'

/** A week as the rules of working time take it. */
export const weekOf = (week: readonly WorkingDay[]) =>
  Object.fromEntries(week.map(({ day, intervals }) => [day, intervals])) as Record<DayOfWeek, WorkingSpan[]>

/** How many working hours a deadline may have by a calendar of this week. */
export const longestDeadline = (week: readonly WorkingDay[]): number =>
  Math.floor((weeklyWorkingTime({ week: weekOf(week) }) * limits.deadlineWeeks.most) / 3_600_000)
