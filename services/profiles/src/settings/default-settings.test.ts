import { timeZoneName } from '@clientele/business-calendar'
import { currencies } from '@clientele/kit'
import { countryCode } from '../addresses/country.js'
import { defaultCalendar } from '../calendars/default-calendar.js'
import { defaultSettings } from './default-settings.js'
import { canonicalTag } from './language-tag.js'

test.each([
  ['DE', 'EUR', 'de', 'Europe/Berlin'],
  ['CN', 'CNY', 'zh', 'Asia/Shanghai'],
  ['TW', 'TWD', 'zh-Hant', 'Asia/Taipei'],
  ['US', 'USD', 'en', 'America/New_York'],
  ['BR', 'BRL', 'pt', 'America/Sao_Paulo'],
  ['JP', 'JPY', 'ja', 'Asia/Tokyo'],
  ['SA', 'SAR', 'ar', 'Asia/Riyadh'],
  ['ES', 'EUR', 'es', 'Europe/Madrid'],
])('a tenant in %s begins with %s, %s and %s', (country, currency, language, timeZone) => {
  expect(defaultSettings(country)).toMatchObject({ country, currency, languages: [language], timeZone })
})

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const countries = letters
  .flatMap((first) => letters.map((second) => first + second))
  .filter((code) => countryCode(code) === code)

test('every country has defaults that may be settled', () => {
  expect(countries.length).toBeGreaterThan(240)
  for (const country of countries) {
    const { currency, languages, timeZone } = defaultSettings(country)
    const isRight =
      currencies.has(currency) && timeZoneName(timeZone) === timeZone && canonicalTag(languages[0]!) === languages[0]
    expect({ country, currency, languages, timeZone, isRight }).toMatchObject({ isRight: true })
    expect(defaultCalendar(country, timeZone).week.length).toBeGreaterThan(4)
  }
})

test('the installation may name another time zone', () => {
  expect(defaultSettings('US', 'America/Chicago').timeZone).toBe('America/Chicago')
})
