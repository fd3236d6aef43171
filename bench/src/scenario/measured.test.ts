import { createTally } from './measured.js'

test('requests are counted over all, by operation, by reason and along the time', () => {
  const tally = createTally(10)
  for (let at = 0; at < 100; at++) tally.add('Read', at / 10, at + 1, undefined)
  tally.add('Write', 9.5, 500, 'CONFLICT')
  tally.add('Write', 10.4, 700, 'no answer')
  const { requests, figures, operations, reasons, timeline, notBegun } = tally.measured(10, 2)
  expect([requests, notBegun]).toEqual([102, 2])
  expect(figures.requestsPerSecond).toBeCloseTo(10.2, 5)
  expect(figures.p50).toBeCloseTo(51, 0)
  expect(figures.p99).toBeCloseTo(500, -1)
  expect(figures.failures).toBeCloseTo(2 / 102, 5)
  expect(operations.map(({ operation, requests }) => [operation, requests])).toEqual([
    ['Read', 100],
    ['Write', 2],
  ])
  expect(reasons).toEqual({ CONFLICT: 1, 'no answer': 1 })
  expect(timeline).toHaveLength(10)
  expect(timeline[0]).toMatchObject({ at: 0.5, requestsPerSecond: 10, failures: 0 })
  expect(timeline[9]!.failures).toBeCloseTo(1 / 11, 5)
})

test('a standstill is a gap along the time, and no line over it', () => {
  const tally = createTally(6)
  for (const at of [0.5, 4.5]) tally.add('Read', at, 10, undefined)
  const { timeline } = tally.measured(6, 0)
  expect(timeline.map(({ at, requestsPerSecond }) => [at, requestsPerSecond])).toEqual([
    [0.5, 1],
    [1.5, 0],
    [2.5, 0],
    [3.5, 0],
    [4.5, 1],
    [5.5, 0],
  ])
})
