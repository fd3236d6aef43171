import type { BusinessCalendar } from './calendar.entity.js'

/** What an event says of a calendar: all but the names. */
export const calendarEvent = (calendar: BusinessCalendar) => ({
  key: calendar.key,
  status: calendar.status,
  timeZone: calendar.timeZone,
  week: calendar.week,
  holidays: calendar.holidays.map(({ date }) => ({ date })),
  shiftedWorkingDays: calendar.shiftedWorkingDays,
})
