import { isDeepStrictEqual } from 'node:util'
import { timeZoneName } from '@clientele/business-calendar'
import { calendarArchived, calendarSaved, limits } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkNumber,
  checkRequiredText,
  checkText,
  expectVersion,
  NotFound,
  type Transaction,
  type ValidationIssues,
  validationIssues,
} from '@clientele/kit'
import { changeSettled } from '../settings/tenant-settings.actions.js'
import type { TenantSettings } from '../settings/tenant-settings.entity.js'
import { BusinessCalendar } from './calendar.entity.js'
import type { ArchiveCalendarInput, SaveCalendarInput, SetHolidaysInput } from './calendar.input.js'
import { calendarPolicy } from './calendar.policy.js'
import { calendarEvent } from './calendar-event.js'
import { byDate, type CalendarDays, checkDays, checkHolidays, checkShiftedDays, checkWeek } from './check-calendar.js'
import { defaultCalendar } from './default-calendar.js'
import { longestDeadline } from './longest-deadline.js'

/** Makes a calendar, or changes what is given of the one with this key; an archived one is in use again. Throws INVALID, CONFLICT `calendar.too_many`. */
export const saveCalendar = (ctx: Context, input: SaveCalendarInput) =>
  changeSettled(ctx, async (tx, settings) => {
    tx.allow(calendarPolicy.change)
    const issues = validationIssues()
    const key = checkRequiredText(issues, 'key', input.key, limits.key)
    const found = await tx.em.findOne(BusinessCalendar, { key })
    expectVersion(found ?? noCalendar, input.expectedVersion)
    const former = found ?? defaultCalendar(settings.country, settings.timeZone)
    const name = checkText(issues, 'name', input.name ?? undefined, limits.calendarName) ?? found?.name ?? ''
    if (!found) issues.must(name !== '', 'name', 'text.required', 'the name of a new calendar')
    const zone = checkText(issues, 'timeZone', input.timeZone ?? undefined, limits.timeZone) ?? former.timeZone
    const timeZone = timeZoneName(zone) ?? zone
    const week = checkWeek(issues, input.week) ?? former.week
    const holidays = checkHolidays(issues, input.holidays) ?? former.holidays
    const shiftedWorkingDays = checkShiftedDays(issues, input.shiftedWorkingDays, week) ?? former.shiftedWorkingDays
    const days = checked(issues, { timeZone, week, holidays, shiftedWorkingDays })
    if (settings.defaultCalendar === key) requireDeadlinesWithin(issues, week, settings)
    if (found) return change(tx, found, { ...days, name, status: 'ACTIVE' })
    await refuseTooMany(tx)
    const made = tx.em.create(BusinessCalendar, { ...days, key, name, status: 'ACTIVE' })
    tx.emit(calendarSaved, made, calendarEvent(made))
    return made
  })

/** Gives a calendar the holidays of a year, and its shifted working days where they are given. Throws INVALID, NOT_FOUND `calendar.unknown`. */
export const setHolidays = (ctx: Context, input: SetHolidaysInput) =>
  changeSettled(ctx, async (tx) => {
    const calendar = await calendarForChange(tx, input)
    const issues = validationIssues()
    const year = String(checkNumber(issues, 'year', input.year, limits.holidayYear)).padStart(4, '0')
    const isOther = ({ date }: { date: string }) => !date.startsWith(`${year}-`)
    const requireInYear = (path: string, days: readonly { date: string }[] = []) => {
      for (const [index, day] of days.entries()) {
        issues.must(!isOther(day), `${path}.${index}.date`, 'calendar.other_year', `a day of ${year}`, { year })
      }
    }
    const holidays = checkHolidays(issues, input.holidays, limits.yearHolidays) ?? []
    const shifted = checkShiftedDays(issues, input.shiftedWorkingDays, calendar.week)
    requireInYear('holidays', holidays)
    requireInYear('shiftedWorkingDays', shifted)
    const allHolidays = [...holidays, ...calendar.holidays.filter(isOther)]
    const allShifted = shifted
      ? [...shifted, ...calendar.shiftedWorkingDays.filter(isOther)]
      : calendar.shiftedWorkingDays
    const { most } = limits.holidays
    issues.must(allHolidays.length <= most, 'holidays', 'list.too_long', `at most ${most} holidays of all years`, {
      most,
    })
    const mostShifted = limits.shiftedWorkingDays.most
    issues.must(
      allShifted.length <= mostShifted,
      'shiftedWorkingDays',
      'list.too_long',
      `at most ${mostShifted} shifted working days of all years`,
      { most: mostShifted },
    )
    const { timeZone, week } = calendar
    return change(
      tx,
      calendar,
      checked(issues, { timeZone, week, holidays: allHolidays, shiftedWorkingDays: allShifted }),
    )
  })

/** Takes a calendar out of use; what was counted by it stays. Throws CONFLICT `calendar.is_default`, NOT_FOUND `calendar.unknown`. */
export const archiveCalendar = (ctx: Context, input: ArchiveCalendarInput) =>
  changeSettled(ctx, async (tx, settings) => {
    const calendar = await calendarForChange(tx, input)
    if (calendar.status === 'ARCHIVED') return calendar
    if (settings.defaultCalendar === calendar.key) {
      throw new Conflict('This calendar is the default: make another one the default first.', {
        reason: 'calendar.is_default',
      })
    }
    calendar.status = 'ARCHIVED'
    tx.emit(calendarArchived, calendar, calendarEvent(calendar))
    return calendar
  })

/** What a calendar is compared with that is not there yet. */
const noCalendar = { version: 0 } as BusinessCalendar

const checked = (issues: ValidationIssues, days: CalendarDays): CalendarDays => {
  checkDays(issues, days)
  issues.refuse()
  return {
    ...days,
    holidays: days.holidays.toSorted(byDate),
    shiftedWorkingDays: days.shiftedWorkingDays.toSorted(byDate),
  }
}

/** The default calendar has to have working time enough for the deadlines. */
const requireDeadlinesWithin = (
  issues: ValidationIssues,
  week: BusinessCalendar['week'],
  { complaintDeadlines }: TenantSettings,
) => {
  const longest = Math.max(...complaintDeadlines.map(({ resolve }) => resolve))
  const message = `${longest} working hours, which a complaint may take, within ${limits.deadlineWeeks.most} weeks`
  issues.must(longest <= longestDeadline(week), 'week', 'deadline.too_far', message)
  issues.refuse()
}

const change = (tx: Transaction, calendar: BusinessCalendar, next: Partial<BusinessCalendar>) => {
  const changed = Object.entries(next).filter(
    ([field, value]) => !isDeepStrictEqual(value, calendar[field as keyof BusinessCalendar]),
  )
  if (!changed.length) return calendar
  Object.assign(calendar, Object.fromEntries(changed))
  tx.emit(calendarSaved, calendar, calendarEvent(calendar))
  return calendar
}

const calendarForChange = async (tx: Transaction, input: ArchiveCalendarInput) => {
  tx.allow(calendarPolicy.change)
  const issues = validationIssues()
  const key = checkRequiredText(issues, 'key', input.key, limits.key)
  issues.refuse()
  const calendar = await tx.em.findOne(BusinessCalendar, { key })
  if (!calendar) {
    const reason = 'calendar.unknown'
    throw new NotFound('There is no such calendar.', {
      reason,
      fields: [{ path: 'input.key', reason, message: 'the key of a calendar' }],
    })
  }
  expectVersion(calendar, input.expectedVersion)
  return calendar
}

const refuseTooMany = async (tx: Transaction) => {
  const { most } = limits.tenantCalendars
  if ((await tx.em.count(BusinessCalendar)) < most) return
  throw new Conflict(`There are at most ${most} calendars; change one of those.`, {
    reason: 'calendar.too_many',
    params: { most },
  })
}
