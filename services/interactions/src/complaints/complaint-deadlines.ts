import type { BusinessCalendar, DayOfWeek } from '@clientele/business-calendar'
import type { ComplaintSeverity, SharedCalendar } from '@clientele/contracts'
import type { Transaction } from '@clientele/kit'
import { calendars, tenantSettings } from '../settings/settings.actions.js'
import type { DeadlineRule } from './complaint.workflow.js'

/**
 * By what the tenant's deadlines are counted now: its default calendar, and hours for each severity. Throws UNAVAILABLE where neither events nor
 * profiles have told this service yet: a deadline by a wrong calendar would stay.
 */
export const deadlineRule = async (tx: Transaction): Promise<DeadlineRule> => {
  const settings = await tenantSettings.find(tx)
  const calendar = settings && (await calendars.find(tx, ({ key }) => key === settings.defaultCalendar))
  if (!calendar) throw new Error('a tenant has settings and a default calendar')
  const hours = Object.fromEntries(settings.complaintDeadlines.map((one) => [one.severity, one]))
  return { calendar: workingTimeOf(calendar), hours: hours as Record<ComplaintSeverity, (typeof hours)[string]> }
}

const workingTimeOf = ({ timeZone, week, holidays, shiftedWorkingDays }: SharedCalendar): BusinessCalendar => ({
  timeZone,
  week: Object.fromEntries(week.map(({ day, intervals }) => [day, intervals])) as Record<DayOfWeek, never>,
  specialDays: [...holidays.map(({ date }) => ({ date, intervals: [] })), ...shiftedWorkingDays],
})
