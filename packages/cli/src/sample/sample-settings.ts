import { ApiError } from '../api/api-error.js'
import type { SampleApi } from './sample-api.js'

const days = (name: string, ...dates: string[]) => dates.map((date) => ({ date: `2026-${date}`, name }))

/** What tenants of the sample have settled, by the country that they are at home in. */
const settled = {
  DE: {
    settings: {
      ...{ country: 'DE', currency: 'EUR', languages: ['de', 'en'], timeZone: 'Europe/Berlin' },
      approvalLimits: { compensation: { amount: '500', currency: 'EUR' } },
      branding: { name: 'Acme', color: '#0055aa' },
    },
    holidays: [
      ...days('Neujahr', '01-01'),
      ...days('Karfreitag', '04-03'),
      ...days('Ostermontag', '04-06'),
      ...days('Tag der Arbeit', '05-01'),
      ...days('Christi Himmelfahrt', '05-14'),
      ...days('Pfingstmontag', '05-25'),
      ...days('Tag der Deutschen Einheit', '10-03'),
      ...days('Weihnachten', '12-25', '12-26'),
    ],
    shiftedWorkingDays: [],
  },
  // As the State Council has announced it for 2026: holidays are joined to weeks, for which weekends are worked.
  CN: {
    settings: {
      ...{ country: 'CN', currency: 'CNY', languages: ['zh', 'en'], timeZone: 'Asia/Shanghai' },
      approvalLimits: { compensation: { amount: '3000', currency: 'CNY' } },
      branding: { name: '环球 Globex', color: '#aa2211' },
    },
    holidays: [
      ...days('元旦', '01-01', '01-02', '01-03'),
      ...days('春节', '02-15', '02-16', '02-17', '02-18', '02-19', '02-20', '02-21', '02-22', '02-23'),
      ...days('清明节', '04-04', '04-05', '04-06'),
      ...days('劳动节', '05-01', '05-02', '05-03', '05-04', '05-05'),
      ...days('端午节', '06-19', '06-20', '06-21'),
      ...days('中秋节', '09-25', '09-26', '09-27'),
      ...days('国庆节', '10-01', '10-02', '10-03', '10-04', '10-05', '10-06', '10-07'),
    ],
    shiftedWorkingDays: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'].map((date) => ({
      date: `2026-${date}`,
    })),
  },
}

/** Countries that the sample has settings of. */
export type SampleCountry = keyof typeof settled
export const sampleCountries = Object.keys(settled) as SampleCountry[]

/** Made up, but near what they were: enough to convert what the sample's customers bought. */
const rates = { USD: '1.16', CNY: '8.24', GBP: '0.87', JPY: '178.5' }

interface Known {
  tenantSettings: { version: number; defaultCalendar: string }
  calendars: { key: string; holidays: { date: string }[] }[]
  currentExchangeRates: { id: string } | null
}

const knownQuery = `{
  tenantSettings { version defaultCalendar }
  calendars { key holidays { date } }
  currentExchangeRates { id }
}`

/** Settings, holidays and exchange rates of the tenant, for an admin; what somebody has settled already stays. */
export const ensureSettings = async (api: SampleApi, country: SampleCountry, now: Date) => {
  const { settings, holidays, shiftedWorkingDays } = settled[country]
  const known = await api.query<Known>(knownQuery)
  const { version, defaultCalendar: key } = known.tenantSettings
  try {
    if (version === 1) await run(api, 'changeTenantSettings', { ...settings, expectedVersion: 1 })
    const calendar = known.calendars.find((one) => one.key === key)
    if (calendar && !calendar.holidays.length) {
      if (version === 1) await run(api, 'saveCalendar', { key, timeZone: settings.timeZone })
      await run(api, 'setHolidays', { key, year: 2026, holidays, shiftedWorkingDays })
    }
    if (!known.currentExchangeRates) {
      const day = now.toISOString().slice(0, 10)
      const list = Object.entries(rates).map(([quote, rate]) => ({ base: 'EUR', quote, day, rate }))
      await run(api, 'recordExchangeRates', { source: 'sample', rates: list })
    }
  } catch (error) {
    // Who is no admin loads the rest.
    if (!(error instanceof ApiError) || error.code !== 'FORBIDDEN') throw error
  }
}

const run = async (api: SampleApi, mutation: string, input: object) => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`
  await api.query(`mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`, { input })
  api.count(1)
}
