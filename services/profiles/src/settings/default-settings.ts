import { complaintSeverity } from '@clientele/contracts'
import { currencies } from '@clientele/kit'
import countryToCurrency from 'country-to-currency'
import type { ComplaintDeadline } from './settings-values.js'
import { timeZoneOf } from './time-zone.js'

/** Working hours of a complaint, at eight a day: what people take for days and weeks. */
const workingHours: Record<ComplaintDeadline['severity'], Omit<ComplaintDeadline, 'severity'>> = {
  CRITICAL: { acknowledge: 4, resolve: 16 },
  HIGH: { acknowledge: 8, resolve: 40 },
  MEDIUM: { acknowledge: 16, resolve: 80 },
  LOW: { acknowledge: 24, resolve: 168 },
}

const defaultDeadlines = (): ComplaintDeadline[] =>
  complaintSeverity.options.map((severity) => ({ severity, ...workingHours[severity] }))

/** What the settings of a tenant of this country begin with. */
export const defaultSettings = (country: string, timeZone = timeZoneOf(country)) => ({
  country,
  currency: currencyOf(country),
  languages: [languageOf(country)],
  timeZone,
  // What the European Central Bank publishes daily, against which most others have a rate.
  ratePivot: 'EUR',
  rateAgeDays: 31,
  approvalLimits: { compensation: null },
  visitCadences: [],
  complaintDeadlines: defaultDeadlines(),
  branding: { name: null, color: null, logoUrl: null },
})

/** What the default calendar of a tenant is called, which people may change. */
export const defaultCalendarName = (language: string) => (language.startsWith('zh') ? '标准工作时间' : 'Office hours')

// No country but some territories without inhabitants has none.
const currencyOf = (country: string) => {
  const found = countryToCurrency[country as keyof typeof countryToCurrency] as string | undefined
  return found && currencies.has(found) ? found : 'USD'
}

/** The language that most people of a country speak (Unicode CLDR), with its script where the language is usually written in another. */
const languageOf = (country: string) => {
  const { language, script } = new Intl.Locale('und', { region: country }).maximize()
  return new Intl.Locale(language).maximize().script === script ? language : `${language}-${script}`
}
