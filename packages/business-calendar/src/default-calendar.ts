import { type BusinessCalendar, type DayOfWeek, daysOfWeek, type WorkingInterval } from './business-calendar.js'

const officeHours: readonly WorkingInterval[] = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '18:00' },
]

/** The compiler's library does not know this part of the standard yet (ECMA-402, Intl Locale Info). */
interface LocaleInfo extends Intl.Locale {
  /** Days by ISO 8601, 1 is Monday. */
  getWeekInfo(): { weekend: number[] }
}

/**
 * A calendar to begin with: office hours from 9 to 18 with an hour at noon, on all days but the country's weekend (Unicode CLDR, as the
 * runtime knows it), without holidays. `country` is an ISO 3166-1 code of two letters.
 */
export const defaultCalendar = (country: string, timeZone: string): BusinessCalendar => {
  const weekend = new Set((new Intl.Locale('und', { region: country }) as LocaleInfo).getWeekInfo().weekend)
  const working = daysOfWeek.filter((_, index) => !weekend.has(index + 1))
  const week: Partial<Record<DayOfWeek, readonly WorkingInterval[]>> = {}
  for (const name of working) week[name] = officeHours
  return { timeZone, week, specialDays: [] }
}
