import fc from 'fast-check'
import { convertSum, factorsTo, type Rate } from './exchange.js'

const friday = '2026-03-06'
const ecb: Rate[] = [
  { base: 'EUR', quote: 'USD', day: friday, rate: '1.25' },
  { base: 'EUR', quote: 'CNY', day: friday, rate: '7.5' },
  { base: 'EUR', quote: 'JPY', day: friday, rate: '160' },
  { base: 'EUR', quote: 'JPY', day: '2026-03-05', rate: '150' },
  { base: 'EUR', quote: 'SEK', day: '2026-03-03', rate: '11' },
  { base: 'KWD', quote: 'USD', day: '2026-03-02', rate: '3.25' },
  { base: 'USD', quote: 'KWD', day: '2026-03-01', rate: '0.3' },
]
const to = (currency: string, o: { day?: string; maxAgeDays?: number } = {}) => ({
  ...{ currency, pivot: 'EUR', day: '2026-03-08', maxAgeDays: 7 },
  ...o,
})
const convert = (amount: string, from: string, currency: string, o = {}, rates = ecb) =>
  convertSum([{ amount, currency: from }], currency, factorsTo(rates, to(currency, o)))

test.each([
  ['itself', '12.3456', 'EUR', 'EUR', '12.35', null],
  ['a rate as it is quoted', '100', 'EUR', 'USD', '125.00', friday],
  ['the other way round', '100', 'USD', 'EUR', '80.00', friday],
  ['over the pivot', '100', 'USD', 'CNY', '600.00', friday],
  ['over the pivot to an older rate', '100', 'USD', 'SEK', '880.00', '2026-03-03'],
  ['over the pivot from an older rate', '880', 'SEK', 'USD', '100.00', '2026-03-03'],
  ['without minor units', '1', 'EUR', 'JPY', '160', friday],
  ['with three decimals', '1', 'USD', 'KWD', '0.308', '2026-03-02'],
  ['money given back', '-0.004', 'USD', 'EUR', '0.00', friday],
  ['half a cent', '0.8', 'JPY', 'EUR', '0.01', friday],
  ['half a cent given back', '-0.8', 'JPY', 'EUR', '-0.01', friday],
  ['a sum of 30 digits', `${'9'.repeat(30)}`, 'EUR', 'USD', `124${'9'.repeat(27)}8.75`, friday],
])('%s', (_, amount, from, currency, converted, asOf) => {
  const { total, ...rest } = convert(amount.slice(0, 40), from, currency)
  expect({ amount: total.amount, ...rest }).toEqual({ amount: converted, asOf, unconverted: [] })
})

test.each([
  ['the latest day that is not after', { day: '2026-03-05' }, 'JPY', '150'],
  ['none before the first', { day: '2026-03-04' }, 'JPY', null],
  ['a day that is as old as it may be', { day: '2026-03-13' }, 'JPY', '160'],
  ['none that is older', { day: '2026-03-14' }, 'JPY', null],
  ['none of a currency that nobody quoted', {}, 'CHF', null],
])('of the rates, %s', (_, o, currency, expected) => {
  const { total, unconverted } = convert('1', 'EUR', currency, o)
  expect(unconverted.length ? null : total.amount).toBe(expected)
})

test('a sum says what is in it, what is not, and of which day the oldest rate is', () => {
  const amounts = [
    { amount: '10.005', currency: 'EUR' },
    { amount: '12.50', currency: 'USD' },
    { amount: '1', currency: 'KWD' },
    { amount: '7', currency: 'CHF' },
  ]
  expect(convertSum(amounts.slice(0, 2), 'EUR', factorsTo(ecb, to('EUR')))).toEqual({
    total: { amount: '20.01', currency: 'EUR' },
    asOf: friday,
    unconverted: [],
  })
  expect(convertSum(amounts, 'USD', factorsTo(ecb, to('USD')))).toEqual({
    total: { amount: '28.26', currency: 'USD' },
    asOf: '2026-03-02',
    unconverted: [{ amount: '7.00', currency: 'CHF' }],
  })
  expect(convertSum([], 'EUR', () => undefined)).toEqual({
    total: { amount: '0.00', currency: 'EUR' },
    asOf: null,
    unconverted: [],
  })
})

test('what would be too long for a sum is left out and named, and the rest is converted', () => {
  const rates = [
    { base: 'GBP', quote: 'EUR', day: friday, rate: '9999999999.9' },
    { base: 'EUR', quote: 'JPY', day: friday, rate: '9999999999.9' },
  ]
  const amounts = [
    { amount: '-1999999999999998', currency: 'GBP' },
    { amount: '2', currency: 'EUR' },
  ]
  expect(convertSum(amounts, 'JPY', factorsTo(rates, to('JPY')))).toEqual({
    total: { amount: '20000000000', currency: 'JPY' },
    asOf: friday,
    unconverted: [{ amount: '-1999999999999998.00', currency: 'GBP' }],
  })
})

const cents = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
const rate = fc.bigInt({ min: 1n, max: 10n ** 22n - 1n }).map((units) => {
  const digits = String(units).padStart(13, '0')
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`
})

test('rounding happens once: parts and their sum make the same', () => {
  fc.assert(
    fc.property(fc.array(cents, { minLength: 1, maxLength: 9 }), rate, (parts, usd) => {
      const rates = [{ base: 'EUR', quote: 'USD', day: friday, rate: usd }]
      const text = (value: bigint) =>
        `${value / 100n}.${String(value < 0n ? -(value % 100n) : value % 100n).padStart(2, '0')}`
      const money = (value: bigint) => ({
        amount: value < 0n && value > -100n ? `-${text(value)}` : text(value),
        currency: 'USD',
      })
      const factors = factorsTo(rates, to('EUR'))
      const sum = parts.reduce((a, b) => a + b, 0n)
      expect(convertSum(parts.map(money), 'EUR', factors)).toEqual(convertSum([money(sum)], 'EUR', factors))
    }),
    { numRuns: 1_000 },
  )
})
