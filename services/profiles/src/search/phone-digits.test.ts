import examples from 'libphonenumber-js/mobile/examples'
import { countriesWithPhones, parsePhone } from '../contact-points/numbering-plans.js'
import { digitsFound, digitsWanted } from './phone-digits.js'

const finds = (text: string, stored: string, value = stored) => {
  const entries = digitsFound({ value, normalized: stored })
  return digitsWanted(text).some((digits) => entries.some((entry) => entry.includes(digits)))
}

const spellings = (e164: string, national: string) => {
  const number = parsePhone(e164)!
  const { countryCallingCode: code, nationalNumber: significant } = number
  const spaced = significant.replace(/(\d{2})(?=\d)/g, '$1 ')
  return [
    national,
    e164,
    number.formatInternational(),
    `00${e164.slice(1)}`,
    `011 ${e164.slice(1)}`,
    significant,
    `+${code} (0)${spaced}`,
    `(+${code}) (0) ${spaced}`,
    `00${code}-(0)-${spaced}`,
    number.getURI(),
    national.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
    national.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
    national.replace(/\d/g, (digit) => String.fromCharCode(0x6f0 + Number(digit))),
    national.replace(/[\s-]/g, '/'),
    national.replace(/[\s-]/g, '–'),
  ]
}

test('a number of every country is found as it is dialled at home and from abroad', () => {
  const known = countriesWithPhones()
  expect(known.length).toBeGreaterThan(240)
  const missed = known.flatMap((country) => {
    const number = parsePhone(examples[country as keyof typeof examples], country)
    if (!number) return [`${country} has no example`]
    const stored = number.number
    return spellings(stored, number.formatNational()).flatMap((text) =>
      finds(text, stored) ? [] : [`${country}: ${text}`],
    )
  })
  expect(missed).toEqual([])
})

test.each([
  ['089 12345670', '+498912345670'],
  ['0 11 96123-4567', '+5511961234567'],
  ['06 20 123 4567', '+36201234567'],
  ['8 (912) 345', '+79123456789'],
  ['011 15-2345', '+5491123456789'],
  ['0298', '+390298765432'],
  ['089 12345670 ext. 12', '+498912345670;ext=12'],
  ['089 12345670转12', '+498912345670;ext=12'],
  ['+49 89 12345670', '+498912345670;ext=12'],
  ['089 12345670,12', '+498912345670;ext=12'],
  ['089 12345670; 12', '+498912345670;ext=12'],
  ['+49 (0)89 12345670,1', '+498912345670;ext=12'],
  ['089 12345670-12', '+498912345670;ext=12'],
  ['0049-(0)-89-12345670-12', '+498912345670;ext=12'],
  ['089 1234567-17', '+4989123456717'],
  ['0049-(0)-89-1234567-17', '+4989123456717'],
  ['010-65529988-8001', '+861065529988;ext=8001'],
])('%s finds %s', (text, stored) => {
  expect(finds(text, stored)).toBe(true)
})

test.each([
  ['089 12345670', '+438912345671'],
  ['089 12345670 ext. 13', '+498912345670;ext=12'],
  ['089 12345670,13', '+498912345670;ext=12'],
  ['089 12345670;2', '+498912345670;ext=12'],
  ['089 12345670 ext. 2', '+498912345670;ext=12'],
  ['12', '+498912345670;ext=12'],
  ['Max 12', '+498912345670;ext=12'],
])('%s does not find %s', (text, stored) => {
  expect(finds(text, stored)).toBe(false)
})

test.each<[string, string[]]>([
  ['0086 138', ['0086138', '86138']],
  ['0012', ['0012']],
  ['(030) 90-18', ['03090;18', '0309018']],
  ['+49 (0)30 90', ['4903090', '493090']],
  ['12', []],
  ['anna 123', []],
])('%s means the digits %j', (text, digits) => {
  expect(digitsWanted(text)).toEqual(digits)
})
