import { Temporal } from 'temporal-polyfill'
import { type DayOfWeek, daysOfWeek } from './business-calendar.js'

/** When something comes again by the wall clock: every day, unless weekdays or a day of the month are given. */
export interface Recurrence {
  /** `HH:MM`, from 00:00 to 23:59. */
  at: string
  weekdays?: readonly DayOfWeek[]
  /** From 1; where a month has fewer days, its last. */
  dayOfMonth?: number
}

/** The longest way from one to the next is a month, and a day beside it that a time zone skips. */
const mostDays = 33

/**
 * The first moment of a recurrence that is later than another. There is one for each date: where daylight saving skips its time it comes as much
 * later, and where it repeats the time it comes the first time.
 */
export const nextRecurrence = (recurrence: Recurrence, timeZone: string, after: Date): Date =>
  // A day that a time zone skips comes on the next: the search begins a day early.
  found(recurrence, timeZone, { from: dateOf(timeZone, after).subtract({ days: 1 }), step: 1 }, (at) => at > +after)

/** The last moment of a recurrence that is not later than another. */
export const latestRecurrence = (recurrence: Recurrence, timeZone: string, until: Date): Date =>
  found(recurrence, timeZone, { from: dateOf(timeZone, until), step: -1 }, (at) => at <= +until)

/** When the day begins that lies so many days before that of a moment. */
export const startOfDay = (timeZone: string, at: Date, daysBefore: number): Date =>
  new Date(dateOf(timeZone, at).subtract({ days: daysBefore }).toZonedDateTime(timeZone).epochMilliseconds)

/** Whether it is a time of day at which something can come again. */
export const isTimeOfDay = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

const dateOf = (timeZone: string, at: Date) =>
  Temporal.Instant.fromEpochMilliseconds(+at).toZonedDateTimeISO(timeZone).toPlainDate()

const found = (
  recurrence: Recurrence,
  timeZone: string,
  { from, step }: { from: Temporal.PlainDate; step: 1 | -1 },
  isWanted: (at: number) => boolean,
): Date => {
  const plainTime = Temporal.PlainTime.from(recurrence.at)
  for (let days = 0; days <= mostDays; days++) {
    const date = from.add({ days: days * step })
    if (!isOn(recurrence, date)) continue
    const at = date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds
    if (isWanted(at)) return new Date(at)
  }
  throw new RangeError('This recurrence never comes.')
}

const isOn = ({ weekdays, dayOfMonth }: Recurrence, date: Temporal.PlainDate): boolean =>
  (!weekdays || weekdays.includes(daysOfWeek[date.dayOfWeek - 1] as DayOfWeek)) &&
  (dayOfMonth === undefined || date.day === Math.min(dayOfMonth, date.daysInMonth))
