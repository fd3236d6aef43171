import { daysOfWeek, defaultCalendar as officeHours } from '@clientele/business-calendar'
import type { BusinessCalendar } from './calendar.entity.js'

/** The days of a calendar to begin with, in the form in which they are stored. */
export const defaultCalendar = (
  country: string,
  timeZone: string,
): Pick<BusinessCalendar, 'timeZone' | 'week' | 'holidays' | 'shiftedWorkingDays'> => {
  const { week } = officeHours(country, timeZone)
  return {
    timeZone,
    week: daysOfWeek.flatMap((day) => (week[day] ? [{ day, intervals: [...week[day]] }] : [])),
    holidays: [],
    shiftedWorkingDays: [],
  }
}
