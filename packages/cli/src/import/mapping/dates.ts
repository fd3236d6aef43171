import { Temporal } from 'temporal-polyfill'

const tokens: Record<string, [name: string, pattern: string]> = {
  yyyy: ['year', '\\d{4}'],
  MM: ['month', '\\d{2}'],
  M: ['month', '\\d{1,2}'],
  dd: ['day', '\\d{2}'],
  d: ['day', '\\d{1,2}'],
  HH: ['hour', '\\d{2}'],
  H: ['hour', '\\d{1,2}'],
  mm: ['minute', '\\d{2}'],
  ss: ['second', '\\d{2}'],
  SSS: ['fraction', '\\d{3}'],
}

const tokenPattern = /yyyy|MM?|dd?|HH?|mm|ss|SSS|[^A-Za-z]|T/g

/** A clock on the wall: what a file says of a point in time, without a zone; of a day alone, where its format has no hours. */
export interface WallClock
  extends Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction', number> {
  isDay: boolean
}

/** A reader of one format: `yyyy-MM-dd HH:mm:ss.SSS` and parts of it. Undefined for a format that it does not know. */
export const dateReader = (format: string): ((text: string) => WallClock | undefined) | undefined => {
  const parts = format.match(tokenPattern) ?? []
  const names = parts.map((part) => tokens[part]?.[0]).filter((name) => name !== undefined)
  const isKnown = parts.join('') === format && new Set(names).size === names.length
  if (!isKnown || !['year', 'month', 'day'].every((name) => names.includes(name))) return undefined
  const source = parts.map((part) => (tokens[part] ? `(?<${tokens[part][0]}>${tokens[part][1]})` : RegExp.escape(part)))
  const pattern = new RegExp(`^${source.join('')}$`)
  return (text) => {
    const groups = pattern.exec(text)?.groups
    return groups && existing(groups)
  }
}

const existing = (groups: Record<string, string | undefined>): WallClock | undefined => {
  const part = (name: string) => Number(groups[name] ?? 0)
  const clock = {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
    fraction: part('fraction'),
    isDay: groups.hour === undefined,
  }
  const date = new Date(utcOf(clock))
  const isSame =
    date.getUTCMonth() + 1 === clock.month &&
    date.getUTCDate() === clock.day &&
    date.getUTCHours() === clock.hour &&
    date.getUTCMinutes() === clock.minute &&
    date.getUTCSeconds() === clock.second
  return isSame ? clock : undefined
}

const utcOf = ({ year, month, day, hour, minute, second, fraction }: WallClock) => {
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second, fraction))
  return date.setUTCFullYear(year, month - 1, day)
}

const two = (value: number) => String(value).padStart(2, '0')

/** The day alone: `1996-07-04`. */
export const dayOf = ({ year, month, day }: WallClock) => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`

/** Which of the two is meant where clocks are put back and an hour comes twice. */
export const twiceOptions = ['refuse', 'earlier', 'later'] as const
export type Twice = (typeof twiceOptions)[number]

/** A reader of wall clocks in one IANA zone; a day alone is its first moment, which need not be midnight. Undefined for a zone that does not exist. */
export const zoneReader = (zone: string, twice: Twice): ((clock: WallClock) => string | ClockFault) | undefined => {
  try {
    Temporal.Now.plainDateISO(zone)
  } catch {
    return undefined
  }
  return (clock) => {
    if (clock.isDay) {
      const day = Temporal.PlainDate.from(clock)
      const first = day.toZonedDateTime(zone)
      return first.toPlainDate().equals(day) ? instantOf(first) : { fault: 'skipped' }
    }
    const local = Temporal.PlainDateTime.from({ ...clock, millisecond: clock.fraction })
    const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
    const later = local.toZonedDateTime(zone, { disambiguation: 'later' })
    const isOnce = earlier.epochMilliseconds === later.epochMilliseconds
    if (!isOnce && !earlier.toPlainDateTime().equals(local)) return { fault: 'skipped' }
    if (!isOnce && twice === 'refuse') return { fault: 'twice' }
    return instantOf(twice === 'later' ? later : earlier)
  }
}

const instantOf = ({ epochMilliseconds }: Temporal.ZonedDateTime) => new Date(epochMilliseconds).toISOString()

/** A time that clocks never showed, or showed twice. */
export interface ClockFault {
  fault: 'skipped' | 'twice'
}
