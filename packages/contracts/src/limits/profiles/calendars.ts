import { line, list, number } from '../limit.js'

export const calendars = {
  calendarName: line(100),
  /** Calendars of a tenant, archived ones included. */
  tenantCalendars: list(0, 20),
  workingDays: list(1, 7),
  /** Stretches of work within one day. */
  workingIntervals: list(0, 6),
  /** Of all years together. */
  holidays: list(0, 400),
  /** Set at once. */
  yearHolidays: list(0, 300),
  /** Of which holidays are set: every year that a day may have. */
  holidayYear: number(1, 9_999),
  holidayName: line(100),
  shiftedWorkingDays: list(0, 60),
} as const
