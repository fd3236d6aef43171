import { cesOf, csatOf, npsOf, tQuantile } from './statistics.js'

const close = (estimate: object, expected: Record<string, number>, digits: number) => {
  for (const [name, value] of Object.entries(expected)) {
    expect((estimate as Record<string, number>)[name]).toBeCloseTo(value, digits)
  }
}

// Computed outside of this code, from (p + d − (p − d)²) / n.
test.each([
  [
    '50, 30 and 20',
    [
      [10, 50],
      [7, 30],
      [0, 20],
    ],
    { score: 30, low: 14.692, high: 45.308 },
  ],
  [
    '19, 11 and 6',
    [
      [9, 19],
      [8, 11],
      [6, 6],
    ],
    { score: 36.111, low: 11.578, high: 60.644 },
  ],
  [
    'all passive',
    [
      [7, 4],
      [8, 6],
    ],
    { score: 0, low: 0, high: 0 },
  ],
  [
    'all promoters',
    [
      [9, 3],
      [10, 7],
    ],
    { score: 100, low: 100, high: 100 },
  ],
  [
    '4 promoters and 1 passive',
    [
      [9, 4],
      [8, 1],
    ],
    { score: 80, low: 44.939, high: 100 },
  ],
  [
    '4 detractors and 1 passive',
    [
      [6, 4],
      [7, 1],
    ],
    { score: -80, low: -100, high: -44.939 },
  ],
] as const)('NPS of %s', (_, counts, expected) => {
  close(npsOf(new Map(counts)), expected, 3)
})

test.each([
  [0, -100],
  [6, -100],
  [7, 0],
  [8, 0],
  [9, 100],
  [10, 100],
])('an NPS answer of %i counts %i', (value, score) => {
  expect(npsOf(new Map([[value, 5]])).score).toBe(score)
})

// The worked cases of Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
test.each([
  [81, 263, 25.53, 36.62],
  [15, 148, 6.24, 16.05],
  [0, 20, 0, 16.11],
  [1, 29, 0.61, 17.18],
])('CSAT of %i satisfied among %i', (satisfied, n, low, high) => {
  const counts = new Map([
    [5, satisfied],
    [3, n - satisfied],
  ])
  close(csatOf(counts), { score: (100 * satisfied) / n, low, high }, 2)
})

test('4 and 5 are satisfied, 3 is not', () => {
  expect(
    csatOf(
      new Map([
        [1, 1],
        [2, 1],
        [3, 1],
        [4, 1],
        [5, 1],
      ]),
    ).score,
  ).toBeCloseTo(40, 10)
})

// The two-sided 95 % column of the usual t table.
test.each([
  [4, 2.776],
  [5, 2.571],
  [9, 2.262],
  [10, 2.228],
  [30, 2.042],
  [60, 2.0],
  [120, 1.98],
  [1_000_000, 1.96],
])('t with %i degrees of freedom', (degrees, quantile) => {
  expect(Math.abs(tQuantile(degrees) - quantile)).toBeLessThan(0.001)
})

test.each([
  // 1 to 7 once each: mean 4, standard deviation 2.16025, t(6) = 2.44691.
  [
    '1 to 7',
    [
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
      [5, 1],
      [6, 1],
      [7, 1],
    ],
    { score: 4, low: 2.0021, high: 5.9979 },
  ],
  ['all the same', [[6, 8]], { score: 6, low: 6, high: 6 }],
  // 7 7 7 7 1: mean 5.8, standard deviation 2.68328, t(4) = 2.77645, cut at 7.
  [
    'an outlier',
    [
      [7, 4],
      [1, 1],
    ],
    { score: 5.8, low: 2.4683, high: 7 },
  ],
] as const)('CES of %s', (_, counts, expected) => {
  // The t quantile is within 0.001.
  close(cesOf(new Map(counts)), expected, 2)
})
