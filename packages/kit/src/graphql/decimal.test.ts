import { currencies, minorDigits } from './currencies.js'
import { formatDecimal, parseDecimal, roundToMinor } from './decimal.js'

test.each([
  ['0', '0.0000'],
  ['12.5', '12.5000'],
  ['-0.05', '-0.0500'],
  ['999999999999999.9999', '999999999999999.9999'],
  ['1999999999999999999999999999.9999', '1999999999999999999999999999.9999'],
])('%s is kept exactly', (text, stored) => {
  expect(formatDecimal(parseDecimal(text))).toBe(stored)
})

test.each([
  ['1265793.0395', 'USD', '1265793.04'],
  ['0.005', 'EUR', '0.01'],
  ['-0.005', 'EUR', '-0.01'],
  ['0.0049', 'EUR', '0.00'],
  ['-0.0049', 'EUR', '0.00'],
  ['10.555', 'HUF', '10.56'],
  ['100.5', 'JPY', '101'],
  ['1.2345', 'KWD', '1.235'],
  ['1.2345', 'CLF', '1.2345'],
])('%s %s is rounded to %s', (amount, currency, rounded) => {
  expect(roundToMinor(amount, currency)).toBe(rounded)
})

// Where ISO 4217 and the locale data of JavaScript's runtime disagree, ISO 4217 is right.
test.each([
  [0, 'JPY KRW VND CLP ISK UGX XAF XOF'],
  [2, 'EUR USD CNY HUF TWD IDR IRR PKR AFN ALL AMD COP CRC LBP MMK RSD SYP UZS YER XCG DEM BGN'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
])('%i decimals: %s', (digits, codes) => {
  for (const code of codes.split(' ')) expect([code, minorDigits(code)]).toEqual([code, digits])
})

test('each code is in the table once; what has no minor unit is no currency of an amount', () => {
  expect(currencies.size).toBe(165 + 125)
  for (const code of currencies.keys()) expect(code).toMatch(/^[A-Z]{3}$/)
  for (const code of ['XXX', 'XTS', 'XAU', 'XDR', 'EURO', 'eur']) expect(currencies.has(code)).toBe(false)
})
