import { countries } from '@clientele/contracts'
import { readEmailAddress } from '../input/email-address.js'
import { currencies } from './currencies.js'
import { wholeDigits } from './decimal.js'
import { rateDecimals } from './exchange.js'
import { scalar } from './scalar.js'

const RFC3339 = 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6'

/** `Date` inside; RFC 3339 with any offset in, UTC with milliseconds out. */
export const DateTimeScalar = scalar<Date, string>({
  name: 'DateTime',
  description:
    'A point in time. RFC 3339 with a time zone in (`2026-03-01T09:30:00+01:00`), always UTC with milliseconds out (`2026-03-01T08:30:00.000Z`). Finer fractions are cut off; leap seconds are refused.',
  specifiedByURL: RFC3339,
  read(input) {
    const date = typeof input === 'string' ? instant(input) : undefined
    return date ? { value: date } : { fault: 'a point in time with a time zone, such as "2026-03-01T09:30:00Z".' }
  },
  write(value) {
    const date = value instanceof Date ? value : instant(String(value))
    if (!date || Number.isNaN(date.getTime())) throw new TypeError('DateTime holds no valid point in time.')
    return date.toISOString()
  },
})

/** A calendar day as `YYYY-MM-DD`, inside as well: a JavaScript Date would add a time zone to it. */
export const DateScalar = scalar<string, string>({
  name: 'Date',
  description: 'A day of the Gregorian calendar, without a time and without a time zone: `YYYY-MM-DD`.',
  specifiedByURL: RFC3339,
  read: (input) => (isDay(input) ? { value: input } : { fault: 'a day that exists, such as "2026-03-01".' }),
  write(value) {
    if (isDay(value)) return value
    throw new TypeError('Date holds no day of the form YYYY-MM-DD.')
  },
})

/** A string inside, in its shortest form: `12.50` becomes `12.5`. */
export const DecimalScalar = scalar<string, string>({
  name: 'Decimal',
  description:
    'An exact decimal number as a string: plain notation, at most 4 digits after the point, no exponent, no needless zeros out (`"1265793.04"`). Before the point it has at most 15 digits in; out, sums have room for 34, so read it into a type without that bound. Integers may also be sent as JSON numbers; fractions may not, since they would not stay exact.',
  specifiedByURL: 'https://www.w3.org/TR/xmlschema11-2/#decimal',
  read(input) {
    const value = plainDecimal(input, wholeDigits.given)
    return value === undefined
      ? {
          fault:
            'a decimal number in a string, such as "12.5", with at most 15 digits before the point and 4 after it.',
        }
      : { value }
  },
  write(value) {
    const text = plainDecimal(value, wholeDigits.sum)
    if (text === undefined) throw new TypeError('Decimal holds no plain decimal number with at most 4 decimals.')
    return text
  },
})

/** A string inside, in its shortest form. */
export const PreciseDecimalScalar = scalar<string, string>({
  name: 'PreciseDecimal',
  description:
    'An exact decimal number as a string, for factors such as exchange rates: plain notation, at most 10 digits before and 12 after the point, no exponent, no needless zeros out (`"0.006187"`). Integers may also be sent as JSON numbers.',
  specifiedByURL: 'https://www.w3.org/TR/xmlschema11-2/#decimal',
  read(input) {
    const value = plainDecimal(input, wholeDigits.factor, rateDecimals)
    return value === undefined
      ? {
          fault:
            'a decimal number in a string, such as "0.006187", with at most 10 digits before the point and 12 after it.',
        }
      : { value }
  },
  write(value) {
    const text = plainDecimal(value, wholeDigits.factor, rateDecimals)
    if (text === undefined)
      throw new TypeError('PreciseDecimal holds no plain decimal number with at most 12 decimals.')
    return text
  },
})

/** A string inside, as `readEmailAddress` gives it. */
export const EmailAddressScalar = scalar<string, string>({
  name: 'EmailAddress',
  description:
    'An e-mail address of at most 254 octets, in any script. Blanks around it are removed and the domain is put in lower case (international ones in their ASCII form); the part before the @ stays as written.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc6531#section-3.3',
  read(input) {
    const value = typeof input === 'string' ? readEmailAddress(input) : undefined
    return value ? { value } : { fault: 'an e-mail address, such as "jane@example.org".' }
  },
  write: text('EmailAddress'),
})

/** A string inside. */
export const PhoneNumberScalar = scalar<string, string>({
  name: 'PhoneNumber',
  description:
    'A telephone number in E.164: a plus sign, the country code and the number, 7 to 15 digits without blanks (`+8613800138000`).',
  specifiedByURL: 'https://www.itu.int/rec/T-REC-E.164',
  read(input) {
    const value = typeof input === 'string' ? input.trim() : ''
    return /^\+[1-9]\d{6,14}$/.test(value)
      ? { value }
      : { fault: 'a telephone number in E.164, such as "+8613800138000".' }
  },
  write: text('PhoneNumber'),
})

/** Any JSON value inside, at most 16 levels deep. */
export const JsonScalar = scalar<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value, at most 16 levels deep. Only for custom values, whose shape the schema cannot know.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
  read: (input) =>
    isJson(input, 16) ? { value: input } : { fault: 'a JSON value of at most 16 levels with exact numbers.' },
  write: (value) => value,
})

/** A string inside. */
export const CurrencyCodeScalar = scalar<string, string>({
  name: 'CurrencyCode',
  description:
    'The alphabetic code of a currency in ISO 4217, in capitals: `EUR`, `CNY`. Withdrawn codes (`DEM`) are taken too; those without a minor unit (`XAU`, `XDR`) are not.',
  specifiedByURL: 'https://www.iso.org/iso-4217-currency-codes.html',
  read: (input) =>
    typeof input === 'string' && currencies.has(input)
      ? { value: input }
      : { fault: 'a currency code of ISO 4217 in capitals, such as "EUR".' },
  write: text('CurrencyCode'),
})

/** A string inside. */
export const CountryCodeScalar = scalar<string, string>({
  name: 'CountryCode',
  description:
    'The code of a country in ISO 3166-1 alpha-2, in capitals: `DE`, `CN`; and `XK`, which is in general use for Kosovo.',
  specifiedByURL: 'https://www.iso.org/iso-3166-country-codes.html',
  read: (input) =>
    typeof input === 'string' && countries.has(input)
      ? { value: input }
      : { fault: 'a country code of ISO 3166-1 in capitals, such as "DE".' },
  write: text('CountryCode'),
})

function instant(input: string): Date | undefined {
  const match = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i.exec(
    input,
  )
  if (!match || !isDay(match[1])) return undefined
  const date = new Date(input.toUpperCase())
  const year = date.getUTCFullYear()
  return year >= 1 && year <= 9999 ? date : undefined
}

/** `Date.parse` turns the 30th of February into the 2nd of March; only what comes back unchanged exists. */
function isDay(input: unknown): input is string {
  if (typeof input !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(input) || input.startsWith('0000')) return false
  const date = new Date(`${input}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(input)
}

function plainDecimal(input: unknown, most: number, decimals = 4): string | undefined {
  const source = typeof input === 'bigint' || Number.isSafeInteger(input) ? String(input) : input
  const match = typeof source === 'string' && source.length <= 64 ? /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/.exec(source) : null
  if (!match || match[2]!.length > most) return undefined
  const [, sign, whole, digits = ''] = match
  const fraction = digits.replace(/0+$/, '')
  if (fraction.length > decimals) return undefined
  const unsigned = fraction ? `${whole}.${fraction}` : whole!
  return unsigned === '0' ? '0' : sign + unsigned
}

function isJson(value: unknown, levels: number): boolean {
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return false
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((item) => isJson(item, levels - 1))
}

/** What is stored was valid when it came in; it is shown as it is. */
function text(name: string) {
  return (value: unknown): string => {
    if (typeof value === 'string') return value
    throw new TypeError(`${name} holds no text.`)
  }
}
