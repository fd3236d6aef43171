import { growthOf } from './growth.js'
import { reportOf } from './report.js'
import { tableOf } from './table.js'

const turn = (requests: number, p95: number, server?: number) => {
  const memory = { rss: requests * 1e6, pss: requests * 0.8e6, heap: undefined }
  return { requests, distinct: 0, seconds: 2, p50: requests / 100, p95, server, database: undefined, ...memory }
}

// A slow second round for both: the ratio of the medians (0.5) is not the median of the ratios.
const rounds = [
  { 'in-process': turn(100, 10, 900), 'hand-written': turn(400, 2) },
  { 'in-process': turn(80, 12, 1_100), 'hand-written': turn(100, 10) },
  { 'in-process': turn(160, 8, 1_000), 'hand-written': turn(200, 5) },
]

const report = reportOf({
  benchmark: 'example',
  variants: [
    { name: 'in-process', label: 'what we make' },
    { name: 'hand-written', label: 'what can be had' },
  ],
  levels: [
    { concurrency: 4, rounds },
    { concurrency: 64, rounds: rounds.slice(1) },
  ],
  growth: [
    {
      ...{ variant: 'in-process', concurrency: 4, requests: 5_000, distinct: 100 },
      samples: [
        { minutes: 0, rss: 200e6, pss: 150e6, heap: 100e6 },
        { minutes: 10, rss: 250e6, pss: 180e6, heap: 105e6 },
      ],
    },
  ],
  goals: [
    { ratio: 'in-process ÷ hand-written', figure: 'throughput', atLeast: 0.8 },
    { ratio: 'in-process ÷ hand-written', figure: 'p95', atMost: 1.5 },
    { ratio: 'in-process ÷ stock', figure: 'throughput', atLeast: 2 },
  ],
  seconds: 2,
  seed: { customers: 12_000 },
  versions: { node: '24' },
})

const lines = tableOf(report).split('\n')

test('a variant has the median of its rounds', () => {
  expect(report.levels[0]?.variants).toEqual([
    {
      name: 'in-process',
      ...{ requestsPerSecond: { median: 50, min: 40, max: 80 }, p50: 1, p95: 10 },
      cpu: { server: 1_000, postgres: null },
      memory: [
        { rss: 100e6, pss: 80e6 },
        { rss: 80e6, pss: 64e6 },
        { rss: 160e6, pss: 128e6 },
      ],
    },
    expect.objectContaining({ name: 'hand-written', cpu: { server: null, postgres: null } }),
  ])
})

test('a ratio is formed round by round, where both variants took part', () => {
  expect(report.levels[0]?.ratios).toEqual({
    'in-process ÷ hand-written': {
      throughput: { median: 0.8, min: 0.25, max: 0.8 },
      p95: { median: 1.6, min: 1.2, max: 5 },
    },
  })
})

test('a goal is met, missed or not measured, at each concurrency', () => {
  expect(report.levels.map(({ goals }) => goals.map(({ met }) => met))).toEqual([
    [true, false, null],
    [true, true, null],
  ])
})

test('the table has the rounds of each concurrency, and says unknown where a figure cannot be told', () => {
  expect(lines).toEqual(
    expect.arrayContaining([
      'example: 3 rounds of 2 s each',
      'seed: 12,000 customers',
      '4 at a time   requests/s  min – max  p50 ms  p95 ms  CPU µs/request: server  PostgreSQL     RSS MB     PSS MB  heap MB',
      'in-process            50    40 – 80     1.0    10.0                    1000     unknown  100 → 160   80 → 128  unknown',
      'ratio                      throughput    min – max   p95    min – max',
      'in-process ÷ hand-written        0.80  0.25 – 0.80  1.60  1.20 – 5.00',
      'in-process ÷ hand-written, throughput  at least 0.8      0.80           met',
      'in-process ÷ hand-written, p95          at most 1.5      1.60        missed',
      'in-process ÷ stock, throughput           at least 2            not measured',
    ]),
  )
  expect(lines.filter((line) => /at a time {2}/.test(line))).toHaveLength(2)
})

test('growth is the last look at memory in parts of the first', () => {
  expect(lines).toEqual(
    expect.arrayContaining([
      'in-process: 5,000 requests, 4 at a time, 100 with a query of their own',
      'minutes       RSS MB  PSS MB  heap MB',
      '0.0              200     150      100',
      'last ÷ first    1.25    1.20     1.05',
    ]),
  )
  expect(
    growthOf({ ...report.growth[0]!, samples: [{ minutes: 0, rss: 1, pss: 1, heap: undefined }] }, 'heap'),
  ).toBeUndefined()
})
