/** How often each value was answered. */
export type Counts = ReadonlyMap<number, number>

/** A score and the bounds of its 95 % confidence interval, in the score's unit. */
export interface Estimate {
  score: number
  low: number
  high: number
}

/** 0.975 quantile of the standard normal distribution. */
const z = 1.959963984540054

/**
 * Net promoter score, −100 to 100: per cent of 9 and 10 minus per cent of 0 to 6. The interval is Wald's, with the variance
 * (p + d − (p − d)²) / n of a difference of two shares of one sample (Rocks 2016, "Interval Estimation for the Net Promoter Score",
 * The American Statistician 70:4), cut at ±100. It has no width where all answers fall into one group.
 */
export const npsOf = (counts: Counts): Estimate => {
  const n = total(counts)
  const promoters = total(counts, (value) => value >= 9)
  const detractors = total(counts, (value) => value <= 6)
  const score = (100 * (promoters - detractors)) / n
  const variance = (promoters + detractors) / n - ((promoters - detractors) / n) ** 2
  const margin = 100 * z * Math.sqrt(Math.max(0, variance) / n)
  return { score, low: Math.max(-100, score - margin), high: Math.min(100, score + margin) }
}

/** Customer satisfaction, 0 to 100: per cent of 4 and 5 on the scale of 5, with the score interval of Wilson (1927) without continuity correction. */
export const csatOf = (counts: Counts): Estimate => {
  const n = total(counts)
  const satisfied = total(counts, (value) => value >= 4)
  const share = satisfied / n
  const middle = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n)
  const margin = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2))
  return {
    score: (100 * satisfied) / n,
    low: Math.max(0, 100 * (middle - margin)),
    high: Math.min(100, 100 * (middle + margin)),
  }
}

/** Customer effort score, 1 to 7: the mean, with Student's t interval of n − 1 degrees of freedom, cut at the ends of the scale. Needs two answers. */
export const cesOf = (counts: Counts): Estimate => {
  const n = total(counts)
  const mean = sum(counts, (value) => value) / n
  const variance = sum(counts, (value) => (value - mean) ** 2) / (n - 1)
  const margin = tQuantile(n - 1) * Math.sqrt(variance / n)
  return { score: mean, low: Math.max(1, mean - margin), high: Math.min(7, mean + margin) }
}

/**
 * 0.975 quantile of Student's t, by the expansion of Abramowitz and Stegun (1964), 26.7.5; within 0.001 from 4 degrees of freedom on,
 * which the smallest group has.
 */
export const tQuantile = (degrees: number) => {
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1_482 * z ** 5 - 1_920 * z ** 3 - 945 * z) / 92_160,
  ]
  return terms.reduce((quantile, term, at) => quantile + term / degrees ** (at + 1), z)
}

const total = (counts: Counts, wanted: (value: number) => boolean = () => true) =>
  sum(counts, (value) => (wanted(value) ? 1 : 0))

const sum = (counts: Counts, of: (value: number) => number) =>
  [...counts].reduce((all, [value, count]) => all + count * of(value), 0)
