import { defaults } from './options.js'
import { reportOf } from './report.js'
import { tableOf } from './table.js'

const turn = (requests: number, cpu?: number) => {
  return { requests, seconds: 2, p50: requests / 100, p95: requests / 10, server: cpu, database: undefined }
}

const report = reportOf('example', {
  options: { ...defaults, rounds: 3, seconds: 2, concurrency: 4 },
  seed: { customers: 12_000 },
  labels: [
    { name: 'own', label: 'what we make' },
    { name: 'limit', label: 'what can be had' },
  ],
  ratios: [['own', 'limit']],
  // A slow second round for both: the ratio of the medians (0.5) is not the median of the ratios.
  rounds: [
    { own: turn(100, 900), limit: turn(400) },
    { own: turn(80, 1_100), limit: turn(100) },
    { own: turn(160, 1_000), limit: turn(200) },
  ],
  versions: { node: '24' },
})

test('a variant has the median of its rounds', () => {
  expect(report.variants).toEqual([
    {
      ...{ name: 'own', label: 'what we make' },
      ...{ requestsPerSecond: { median: 50, min: 40, max: 80 }, p50: 1, p95: 10 },
      cpu: { server: 1_000, postgres: null },
    },
    {
      ...{ name: 'limit', label: 'what can be had' },
      ...{ requestsPerSecond: { median: 100, min: 50, max: 200 }, p50: 2, p95: 20 },
      cpu: { server: null, postgres: null },
    },
  ])
})

test('a ratio is formed round by round', () => {
  expect(report.ratios).toEqual({ 'own ÷ limit': { median: 0.8, min: 0.25, max: 0.8 } })
})

test('the table says unknown where CPU cannot be told', () => {
  expect(tableOf(report).split('\n')).toEqual(
    expect.arrayContaining([
      'seed: 12,000 customers',
      'variant  requests/s  min – max  p50 ms  p95 ms  CPU µs/request: server  PostgreSQL',
      'own              50    40 – 80     1.0    10.0                    1000     unknown',
      'own ÷ limit            0.80  0.25 – 0.80',
    ]),
  )
})
