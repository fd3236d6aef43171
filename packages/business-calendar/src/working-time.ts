import { type BusinessCalendar, daysOfWeek, type WorkingInterval } from './business-calendar.js'
import { day, dayNumber, stretchAt, timeOfDay } from './wall-clock.js'

/** From and until, in milliseconds: of a day's wall clock, or since the epoch. */
type Span = readonly [from: number, to: number]

interface Days {
  week: readonly Span[][]
  special: ReadonlyMap<number, Span[]>
}

/** How far ahead of a moment working time is looked for: what a calendar with hardly any may cost. */
const farthest = 20 * 366 * day

const spansOf = (intervals: readonly WorkingInterval[] = []): Span[] =>
  intervals.map(({ from, to }) => [timeOfDay(from) as number, timeOfDay(to) as number])

const daysOf = new WeakMap<BusinessCalendar, Days>()

/** A calendar's days by number, worked out once for each calendar object: whoever changes a calendar makes a new one. */
const readDays = (calendar: BusinessCalendar): Days => {
  const known = daysOf.get(calendar)
  if (known) return known
  const week = daysOfWeek.map((name) => spansOf(calendar.week[name]))
  const special = new Map(calendar.specialDays.map(({ date, intervals }) => [dayNumber(date), spansOf(intervals)]))
  const days = { week, special }
  daysOf.set(calendar, days)
  return days
}

// Day 0, 1970-01-01, was a Thursday.
const weekday = (number: number) => (((number + 3) % 7) + 7) % 7

/** Working time from one moment until another, in order, as spans of milliseconds since the epoch; two may touch. */
function* workingSpans(calendar: BusinessCalendar, from: number, until: number): Generator<Span> {
  const { week, special } = readDays(calendar)
  for (let at = from; at < until; ) {
    const stretch = stretchAt(calendar.timeZone, at)
    const { offset } = stretch
    const end = Math.min(stretch.end, until)
    for (let number = Math.floor((at + offset) / day); number * day - offset < end; number++) {
      for (const [opens, closes] of special.get(number) ?? (week[weekday(number)] as Span[])) {
        const midnight = number * day - offset
        const start = Math.max(midnight + opens, at)
        const stop = Math.min(midnight + closes, end)
        if (start < stop) yield [start, stop]
      }
    }
    at = end
  }
}

/** Milliseconds of working time from one moment to a later one; 0 where it is not later. */
export const workingTimeBetween = (calendar: BusinessCalendar, from: Date, to: Date): number => {
  let sum = 0
  for (const [start, stop] of workingSpans(calendar, from.getTime(), to.getTime())) sum += stop - start
  return sum
}

/** Milliseconds of working time in a week without special days. */
export const weeklyWorkingTime = ({ week }: Pick<BusinessCalendar, 'week'>): number =>
  daysOfWeek.flatMap((name) => spansOf(week[name])).reduce((sum, [from, to]) => sum + to - from, 0)

/**
 * The moment at which so many milliseconds of working time, 0 or more, have passed since another. It is the end of what is worked and not
 * the opening that follows: 8 hours after the start of a day of 8 hours are at its close. Undefined where they have not passed in
 * 20 years. Throws a RangeError for what is no finite number.
 */
export const addWorkingTime = (calendar: BusinessCalendar, from: Date, milliseconds: number): Date | undefined => {
  if (!Number.isFinite(milliseconds)) throw new RangeError(`${milliseconds} is no span of time.`)
  let rest = milliseconds
  if (rest <= 0) return from
  for (const [start, stop] of workingSpans(calendar, from.getTime(), from.getTime() + farthest)) {
    if (stop - start >= rest) return new Date(start + rest)
    rest -= stop - start
  }
  return undefined
}

/** The first moment of working time that is not before another: that moment itself while people work. Undefined where none follows in 20 years. */
export const nextOpening = (calendar: BusinessCalendar, at: Date): Date | undefined => {
  for (const [start] of workingSpans(calendar, at.getTime(), at.getTime() + farthest)) return new Date(start)
  return undefined
}

export const isWorkingTime = (calendar: BusinessCalendar, at: Date): boolean =>
  nextOpening(calendar, at)?.getTime() === at.getTime()
