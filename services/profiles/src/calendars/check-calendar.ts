import { checkCalendar, daysOfWeek } from '@clientele/business-calendar'
import { type ListLimit, limits } from '@clientele/contracts'
import { checkList, checkRequiredText, type ValidationIssues, withoutRepeats } from '@clientele/kit'
import type { BusinessCalendar } from './calendar.entity.js'
import { weekOf } from './longest-deadline.js'
import type { HolidayInput, ShiftedWorkingDayInput, WorkingDayInput, WorkingSpan } from './working-days.js'

export type CalendarDays = Pick<BusinessCalendar, 'timeZone' | 'week' | 'holidays' | 'shiftedWorkingDays'>

/** Weekdays in the order of the week, each once; undefined (not given) stays. */
export const checkWeek = (issues: ValidationIssues, given: readonly WorkingDayInput[] | null | undefined) => {
  const list = checkList(issues, 'week', given ?? undefined, limits.workingDays)
  if (!list) return undefined
  const days = list.map(({ day, intervals }, index) => ({
    day,
    intervals: checkIntervals(issues, `week.${index}.intervals`, intervals),
  }))
  return withoutRepeats(issues, 'week', days, ({ day }) => day, 'day').toSorted(
    (a, b) => daysOfWeek.indexOf(a.day) - daysOfWeek.indexOf(b.day),
  )
}

/** Holidays as they are stored, in the order in which they were given. */
export const checkHolidays = (
  issues: ValidationIssues,
  given: readonly HolidayInput[] | null | undefined,
  limit: ListLimit = limits.holidays,
) =>
  checkList(issues, 'holidays', given ?? undefined, limit)?.map(({ date, name }, index) => ({
    date,
    name: checkRequiredText(issues, `holidays.${index}.name`, name, limits.holidayName),
  }))

/** Shifted working days as they are stored, in the order in which they were given; `week` says when people work on one that does not. */
export const checkShiftedDays = (
  issues: ValidationIssues,
  given: readonly ShiftedWorkingDayInput[] | null | undefined,
  week: BusinessCalendar['week'],
) => {
  const path = 'shiftedWorkingDays'
  return checkList(issues, path, given ?? undefined, limits.shiftedWorkingDays)?.map(({ date, intervals }, index) => ({
    date,
    intervals: intervals
      ? checkIntervals(issues, `${path}.${index}.intervals`, intervals)
      : (week.find((day) => day.intervals.length)?.intervals ?? []),
  }))
}

const checkIntervals = (issues: ValidationIssues, path: string, given: readonly WorkingSpan[]) =>
  (checkList(issues, path, given, limits.workingIntervals) ?? []).map(({ from, to }) => ({ from, to }))

/** What the rules of working time say against a calendar, each with its place in the input. */
export const checkDays = (issues: ValidationIssues, { timeZone, week, holidays, shiftedWorkingDays }: CalendarDays) => {
  const placeOf = (path: string) => {
    const [part, at = '', ...rest] = path.split('.')
    if (part === 'week' && at) return ['week', week.findIndex(({ day }) => day === at), 'intervals', ...rest].join('.')
    if (part !== 'specialDays') return path
    const index = Number(at) - holidays.length
    return (index < 0 ? ['holidays', at, ...rest] : ['shiftedWorkingDays', index, ...rest]).join('.')
  }
  const calendar = {
    timeZone,
    week: weekOf(week),
    specialDays: [...holidays.map(({ date }) => ({ date, intervals: [] })), ...shiftedWorkingDays],
  }
  for (const { path, reason, message } of checkCalendar(calendar)) issues.add(placeOf(path), reason, message)
}

export const byDate = (a: { date: string }, b: { date: string }) => (a.date < b.date ? -1 : 1)
