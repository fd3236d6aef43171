import { vi } from 'vitest'
import { startImports } from '../../../fixture/import.js'
import { importFile } from '../import.command.js'

const { platform, file, path, api, read } = await startImports()
const token = await platform.token('admin')
const out = vi.spyOn(console, 'log').mockImplementation(() => {})
vi.spyOn(console, 'error').mockImplementation(() => {})
const err = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
const importRates = async (...args: string[]) => {
  out.mockClear()
  const code = await importFile.run(['rates', ...args, '--url', platform.url, '--token', token, '--json'])
  return { code, ...JSON.parse(String(out.mock.lastCall?.[0])) }
}
const current = async () => {
  const { currentExchangeRates } = await api('analyst').call<any>(
    '{ currentExchangeRates { rates { base quote day rate } } }',
    {},
  )
  return currentExchangeRates.rates.map((one: any) => `${one.base}/${one.quote} ${one.day} ${one.rate}`)
}

test('the history of the European Central Bank is imported, and again changes nothing', async () => {
  const days = Array.from({ length: 700 }, (_, at) => new Date(Date.UTC(2026, 2, 20) - at * 86_400_000).toISOString())
  const rows = days.map((day, at) => `${day.slice(0, 10)},${(1.08 + at / 10_000).toFixed(4)},${at ? 160 : 'N/A'},N/A,`)
  const hist = await file('eurofxref-hist.csv', `Date,USD,JPY,SIT,\n${rows.join('\n')}\n`)
  expect(await importRates(hist, '--dry-run')).toMatchObject({ code: 0, recorded: 1_399, dryRun: true })
  expect(await importRates(hist)).toMatchObject({ code: 0, source: 'ecb', rows: 700, recorded: 1_399, unchanged: 0 })
  expect(await current()).toEqual(['EUR/JPY 2026-03-19 160', 'EUR/USD 2026-03-20 1.08'])
  err.mockClear()
  expect(await importRates(hist)).toMatchObject({ code: 0, recorded: 0, unchanged: 1_399, errorFile: null })
  const told = err.mock.calls.map(([text]) => String(text)).join('')
  expect(told).toMatch(/encoding utf-8[\s\S]*100% · 700 rows \(\d+\/s\) · 0 recorded, 1399 unchanged, 0 rejected\n$/)
})

test('rates one a row are imported; those that cannot be read are in the error file', async () => {
  const rates = await file(
    'rates.csv',
    '币种;base;quote;day;rate\n美元;USD;CNY;2026-03-20;7.2345\n日元;JPY;CNY;today;0.05\n',
  )
  expect(await importRates(rates, '--source', 'boc')).toMatchObject({
    ...{ code: 3, source: 'boc', recorded: 1, rejectedRows: 1, errorFile: path('rates.csv.errors.csv') },
  })
  expect(await read(path('rates.csv.errors.csv'))).toContain('日元')
  expect(await current()).toContain('USD/CNY 2026-03-20 7.2345')
})

test('a rate that stands twice in a file is recorded once, and another one of the same day is refused', async () => {
  const rates = await file(
    'twice.csv',
    'base,quote,day,rate\nNOK,SEK,2026-03-20,0.9\nNOK,SEK,2026-03-20,0.95\nNOK,SEK,2026-03-20,0.90\nNOK,SEK,2026-03-19,0.8\n',
  )
  expect(await importRates(rates)).toMatchObject({ code: 3, recorded: 2, rejectedRows: 1 })
  expect(await read(path('twice.csv.errors.csv'))).toMatch(/0\.95.*row\.repeated|row\.repeated.*0\.95/)
  expect(await current()).toContain('NOK/SEK 2026-03-20 0.9')
})

test.each([
  ['no file', []],
  ['an unknown currency', ['x.csv', '--base', 'XX']],
  ['a source with a blank', ['x.csv', '--source', 'my bank']],
  ['an option of other imports', ['x.csv', '--map', 'm.yaml']],
])('%s is used wrongly', async (_, args) => {
  expect((await importRates(...args)).code).toBe(2)
})

test('a file of something else is refused whole', async () => {
  const other = await file('people.csv', 'id,name\n1,甲\n')
  expect(await importRates(other)).toMatchObject({ code: 1, error: { code: 'INVALID', reason: 'file.header' } })
})
