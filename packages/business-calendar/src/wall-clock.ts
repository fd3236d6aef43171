import { Temporal } from 'temporal-polyfill'

export const minute = 60_000
export const day = 86_400_000

/** A stretch of time in which the clocks of a time zone run on: milliseconds since the epoch, the end excluded. */
export interface Stretch {
  start: number
  end: number
  /** What is added to UTC, in milliseconds. */
  offset: number
}

const known = new Map<string, Stretch[]>()

/** The stretch that a moment is in. Stretches of a time zone are kept once they are known: a year has two or so. */
export const stretchAt = (timeZone: string, at: number): Stretch => {
  const stretches = known.get(timeZone) ?? []
  known.set(timeZone, stretches)
  const found = stretches.find(({ start, end }) => start <= at && at < end)
  if (found) return found
  const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  const stretch = {
    // Transitions are told strictly before and after a moment: one millisecond on, this moment may be one itself.
    start: moment.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity,
    end: moment.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    offset: Math.round(moment.offsetNanoseconds / 1e6),
  }
  stretches.push(stretch)
  return stretch
}

/** Days from 1970-01-01 to an ISO 8601 date. Throws a RangeError where there is no such date. */
export const dayNumber = (date: string): number =>
  Temporal.PlainDate.from(date, { overflow: 'reject' }).toZonedDateTime('UTC').epochMilliseconds / day

/** Milliseconds from midnight to `HH:MM`, `24:00` included; undefined where it is no time of the clock. */
export const timeOfDay = (text: string): number | undefined => {
  const [, hours, minutes] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text) ?? []
  const time = (Number(hours) * 60 + Number(minutes)) * minute
  return time <= day ? time : undefined
}
