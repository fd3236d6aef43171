import { policy } from '@clientele/kit'
import { sharedByAll } from '../settings/shared-by-all.js'

/** Calendars are read and changed by whom the settings of the tenant are. */
export const calendarPolicy = policy('BusinessCalendar', {
  roles: sharedByAll,
  opens: {
    read: ['calendars'],
    change: ['saveCalendar', 'setHolidays', 'archiveCalendar'],
  },
  fields: {
    BusinessCalendar: { PLAIN: ['key', 'name', 'status', 'timeZone', 'week', 'holidays', 'shiftedWorkingDays'] },
    WorkingDay: { PLAIN: ['day', 'intervals'] },
    WorkingSpan: { PLAIN: ['from', 'to'] },
    Holiday: { PLAIN: ['date', 'name'] },
    ShiftedWorkingDay: { PLAIN: ['date', 'intervals'] },
  },
  inputs: {
    SaveCalendarInput: 'BusinessCalendar',
    SetHolidaysInput: 'BusinessCalendar',
    WorkingDayInput: 'WorkingDay',
    HolidayInput: 'Holiday',
    ShiftedWorkingDayInput: 'ShiftedWorkingDay',
  },
})
