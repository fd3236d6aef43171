import { type Goal, isPassed, reached } from './goals.js'

const throughput: Goal = { ratio: 'a ÷ b', figure: 'throughput', atLeast: 0.5 }
const p95: Goal = { ratio: 'a ÷ b', figure: 'p95', atMost: 2 }
const measured = (rate: number, latency: number) => ({
  'a ÷ b': { throughput: { median: rate }, p95: { median: latency } },
})

test.each([
  ['both met, at the limit', [throughput, p95], measured(0.5, 2), true],
  ['too slow', [throughput, p95], measured(0.499, 2), false],
  ['a long tail', [throughput, p95], measured(0.5, 2.001), false],
  ['none measured', [throughput, p95], {}, false],
  ['no goals', [], measured(1, 1), false],
  [
    'one not measured, the other met',
    [throughput, { ratio: 'a ÷ c', figure: 'throughput', atLeast: 9 }],
    measured(1, 1),
    true,
  ],
] as [string, Goal[], ReturnType<typeof measured>, boolean][])('%s', (_, goals, ratios, passed) => {
  expect(isPassed(reached(goals, ratios, {}))).toBe(passed)
})

test('what a variant needs is held against its goals; what cannot be told is neither met nor missed', () => {
  const goals: Goal[] = [
    { variant: 'http', figure: 'server CPU µs', atMost: 2_000 },
    { variant: 'http', figure: 'RSS MB', atMost: 700 },
    { variant: 'http', figure: 'PSS MB', atMost: 700 },
    { variant: 'stock', figure: 'RSS MB', atMost: 700 },
  ]
  const needs = { http: { 'server CPU µs': null, 'RSS MB': 701, 'PSS MB': 700 } }
  expect(reached(goals, {}, needs).map(({ met }) => met)).toEqual([null, false, true, null])
})
