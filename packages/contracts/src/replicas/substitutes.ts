/** What is needed to tell who stands in for somebody. */
export interface Substitutable {
  id: string
  active: boolean
  /** The id of who stands in for them. */
  substitute: string | null
  /** First and last days, as YYYY-MM-DD in their time zone. */
  absences: readonly { from: string; until: string }[]
  /** IANA name; UTC where it is not known. */
  timeZone: string | null
}

/** Whether somebody works here and is not away at this moment. */
export const isPresent = ({ active, absences, timeZone }: Substitutable, at: Date): boolean => {
  if (!active) return false
  const today = dayIn(timeZone ?? 'UTC', at)
  return !absences.some(({ from, until }) => from <= today && today <= until)
}

/**
 * Who does what is meant for somebody at this moment: they themselves where they are present, else the first in the chain of substitutes
 * who is. Null where nobody is: a chain that ends, or comes back to somebody it has passed, has no one left. `find` gives a member of
 * staff by their id.
 */
export const substituteFor = <T extends Substitutable>(
  staff: T,
  at: Date,
  find: (id: string) => T | undefined,
): T | null => {
  const passed = new Set<string>()
  let next: T | undefined = staff
  while (next && !passed.has(next.id)) {
    if (isPresent(next, at)) return next
    passed.add(next.id)
    next = next.substitute === null ? undefined : find(next.substitute)
  }
  return null
}

const days = new Map<string, Intl.DateTimeFormat>()

/** The day of this moment in a time zone, as YYYY-MM-DD. */
const dayIn = (timeZone: string, at: Date): string => {
  let format = days.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    days.set(timeZone, format)
  }
  return format.format(at)
}
