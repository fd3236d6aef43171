import { type BusinessCalendar, daysOfWeek, type WorkingInterval } from './business-calendar.js'
import { timeZoneName } from './time-zone-name.js'
import { dayNumber, timeOfDay } from './wall-clock.js'

/** What is wrong with a calendar, where, and what would be right. */
export interface CalendarIssue {
  /** Names and numbers with points between them, such as `week.MONDAY.0.to`. */
  path: string
  reason:
    | 'calendar.time_zone'
    | 'calendar.date'
    | 'calendar.repeated_date'
    | 'calendar.time'
    | 'calendar.interval'
    | 'calendar.never_open'
  message: string
}

/** All that is wrong with a calendar; empty for one that the functions of working time can take. */
export const checkCalendar = (calendar: BusinessCalendar): CalendarIssue[] => {
  const issues: CalendarIssue[] = []
  const add = (path: string, reason: CalendarIssue['reason'], message: string) => issues.push({ path, reason, message })
  if (timeZoneName(calendar.timeZone) === undefined) {
    add('timeZone', 'calendar.time_zone', 'the name of a time zone by IANA, such as Asia/Shanghai')
  }
  for (const name of daysOfWeek) checkIntervals(calendar.week[name] ?? [], `week.${name}`, add)
  if (!daysOfWeek.some((name) => calendar.week[name]?.length)) {
    add('week', 'calendar.never_open', 'at least one weekday with working time')
  }
  const dates = new Set<number>()
  for (const [index, { date, intervals }] of calendar.specialDays.entries()) {
    const path = `specialDays.${index}`
    checkIntervals(intervals, `${path}.intervals`, add)
    const number = numberOf(date)
    if (number === undefined) add(`${path}.date`, 'calendar.date', 'a date of the calendar as YYYY-MM-DD')
    else if (dates.has(number)) add(`${path}.date`, 'calendar.repeated_date', 'a date that is not named before')
    else dates.add(number)
  }
  return issues
}

type Add = (path: string, reason: CalendarIssue['reason'], message: string) => void

const checkIntervals = (intervals: readonly WorkingInterval[], path: string, add: Add) => {
  let earliest = 0
  for (const [index, interval] of intervals.entries()) {
    const [from, to] = [timeOfDay(interval.from), timeOfDay(interval.to)]
    if (from === undefined) add(`${path}.${index}.from`, 'calendar.time', 'a time as HH:MM, 00:00 to 24:00')
    if (to === undefined) add(`${path}.${index}.to`, 'calendar.time', 'a time as HH:MM, 00:00 to 24:00')
    if (from === undefined || to === undefined) continue
    if (from < earliest)
      add(`${path}.${index}.from`, 'calendar.interval', 'a time that is not before the end of the interval before')
    if (to <= from)
      add(`${path}.${index}.to`, 'calendar.interval', 'a time after its start; work across midnight is two intervals')
    earliest = Math.max(earliest, to)
  }
}

const numberOf = (date: string) => {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(date) ? dayNumber(date) : undefined
  } catch {
    return undefined
  }
}
