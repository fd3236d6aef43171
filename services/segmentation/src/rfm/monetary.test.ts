import { monetary } from './monetary.js'

test.each([
  ['16817.0975', 'EUR', '16817.10'],
  ['0.005', 'EUR', '0.01'],
  ['-0.005', 'EUR', '-0.01'],
  ['-0.0049', 'EUR', '0'],
  ['0.0000', 'EUR', '0'],
  ['12', 'EUR', '12.00'],
  ['99.5', 'JPY', '100'],
  ['99.4999', 'JPY', '99'],
  ['1.2345', 'KWD', '1.235'],
  ['999999999999999.9999', 'CNY', '1000000000000000.00'],
])('%s %s is %s', (amount, currency, expected) => {
  expect(monetary(amount, currency)).toEqual({ amount: expected, currency })
})
