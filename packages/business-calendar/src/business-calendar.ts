/** Days of the week by ISO 8601, Monday first. */
export const daysOfWeek = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const

export type DayOfWeek = (typeof daysOfWeek)[number]

/** Work from one time of the wall clock until another of the same day, as `HH:MM`; `to` is no longer working time and may be `24:00`. */
export interface WorkingInterval {
  from: string
  to: string
}

/**
 * A date that has its own intervals in place of its weekday's: none for a holiday, some for a day that is worked in exchange (调休).
 */
export interface SpecialDay {
  /** ISO 8601, `YYYY-MM-DD`. */
  date: string
  intervals: readonly WorkingInterval[]
}

/**
 * When people work. A moment is working time when the wall clock of the time zone shows a time within an interval of that date: the hour
 * that daylight saving repeats is worked twice, and the one that it skips not at all.
 */
export interface BusinessCalendar {
  /** IANA name, such as `Asia/Shanghai`. */
  timeZone: string
  /** Intervals of each weekday, in order and apart; a day that is missing is free. */
  week: Readonly<Partial<Record<DayOfWeek, readonly WorkingInterval[]>>>
  specialDays: readonly SpecialDay[]
}
