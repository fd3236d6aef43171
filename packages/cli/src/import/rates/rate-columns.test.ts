import { rateColumns } from './rate-columns.js'

const read = (columns: string, ...cells: (string | null)[]) =>
  rateColumns('f.csv', columns.split(','), 'EUR').read(cells)

test.each([
  ['base,quote,day,rate', ['EUR', 'usd', '2026-03-20', '1.0825']],
  ['Rate,Date,Quote,Base', ['1.0825', '2026-03-20', 'USD', 'EUR']],
  ['Date,USD,JPY,', ['2026-03-20', '1.0825', null, null]],
  ['Date, USD, SIT, ', ['20 March 2026', ' 1.0825', ' N/A', '']],
])('%s with %j says one rate', (columns, cells) => {
  expect(read(columns, ...cells)).toEqual({
    rates: [{ base: 'EUR', quote: 'USD', day: '2026-03-20', rate: '1.0825' }],
    faults: [],
  })
})

test.each([
  ['base,quote,day,rate', ['EUR', 'EUR', '2026-03-20', '1'], ['quote rate.currency']],
  [
    'base,quote,day,rate',
    ['XX', 'USD', '20.03.2026', '1,08'],
    ['base rate.currency', 'day cell.date', 'rate cell.decimal'],
  ],
  ['base,quote,day,rate', ['EUR', 'USD', '2026-02-30', '0'], ['day cell.date', 'rate cell.decimal']],
  ['base,quote,day,rate', ['EUR', 'USD', '9999-01-01', '1'], ['day cell.date']],
  ['Date,USD', ['20 Brumaire 2026', '1'], ['Date cell.date']],
  ['Date,USD,JPY', ['2026-03-20', '1.08', '-160'], ['JPY cell.decimal']],
])('%s with %j says none, and why', (columns, cells, faults) => {
  const found = read(columns, ...cells)
  expect([found.rates, found.faults.map(({ column, reason }) => `${column} ${reason}`)]).toEqual([[], faults])
})

test.each(['Date,USD,USD', 'Date,Day,USD', 'base,quote,day,rate,Rate'])('%s has a column twice', (columns) => {
  expect(() => rateColumns('f.csv', columns.split(','))).toThrow(
    expect.objectContaining({ code: 'INVALID', reason: 'mapping.ambiguous_column' }),
  )
})

test('another currency may be the base, and a file of something else is refused', () => {
  expect(rateColumns('f.csv', ['Date', 'EUR'], 'CNY').read(['2026-03-20', '0.1277']).rates).toEqual([
    { base: 'CNY', quote: 'EUR', day: '2026-03-20', rate: '0.1277' },
  ])
  expect(() => rateColumns('f.csv', ['id', 'name'])).toThrow('f.csv has no columns of exchange rates')
})
