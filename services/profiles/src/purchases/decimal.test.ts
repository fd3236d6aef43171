import { formatDecimal, lineTotal, parseDecimal, roundToMinor } from './decimal.js'

test.each([
  ['0', '0.0000'],
  ['12.5', '12.5000'],
  ['-0.05', '-0.0500'],
  ['999999999999999.9999', '999999999999999.9999'],
])('%s is kept exactly', (text, stored) => {
  expect(formatDecimal(parseDecimal(text))).toBe(stored)
})

test.each([
  ['3', '0.1', '0', '0.3000'],
  ['3', '0.1', '0.15', '0.2550'],
  ['0.3333', '0.0001', '0', '0.0000'],
  ['0.5', '0.0001', '0', '0.0001'],
  ['-0.5', '0.0001', '0', '-0.0001'],
  ['1', '1', '1', '0.0000'],
  ['12', '14', '0.05', '159.6000'],
])('%s × %s less %s is %s', (quantity, price, discount, total) => {
  expect(formatDecimal(lineTotal(parseDecimal(quantity), parseDecimal(price), parseDecimal(discount)))).toBe(total)
})

test.each([
  ['1265793.0395', 'USD', '1265793.04'],
  ['0.005', 'EUR', '0.01'],
  ['-0.005', 'EUR', '-0.01'],
  ['0.0049', 'EUR', '0.00'],
  ['100.5', 'JPY', '101'],
  ['1.2345', 'KWD', '1.235'],
])('%s %s is rounded to %s', (amount, currency, rounded) => {
  expect(roundToMinor(amount, currency)).toBe(rounded)
})
