import { availableParallelism, loadavg } from 'node:os'
import type { Measured } from './load.js'
import type { Options } from './options.js'

/** What each variant did in one round; CPU in microseconds per request, undefined where it cannot be told. */
export type Round = Record<string, Measured & { server: number | undefined; database: number | undefined }>

/** Median, smallest and greatest of the rounds. */
export interface Spread {
  median: number
  min: number
  max: number
}

export interface VariantReport {
  name: string
  label: string
  requestsPerSecond: Spread
  /** Milliseconds, median over the rounds. */
  p50: number
  p95: number
  /** Microseconds of CPU per request, all cores together; null where it cannot be told. */
  cpu: { server: number | null; postgres: number | null }
}

/** What a benchmark found out. */
export interface Report {
  benchmark: string
  variants: VariantReport[]
  /** Throughput of one variant in that of another, from the rounds' own ratios: `http ÷ hand-written`. */
  ratios: Record<string, Spread>
  rounds: number
  seconds: number
  concurrency: number
  seed: Record<string, number>
  versions: Record<string, string>
  machine: { platform: string; cores: number; loadAverage: number }
}

interface Findings {
  options: Options
  seed: Record<string, number>
  labels: readonly { name: string; label: string }[]
  /** Which ratios to form: dividend and divisor. */
  ratios: readonly (readonly [string, string])[]
  rounds: readonly Round[]
  versions: Record<string, string>
}

/** Puts the rounds together. A ratio is formed in each round, as rounds differ more than the variants within one. */
export const reportOf = (benchmark: string, { options, seed, labels, ratios, rounds, versions }: Findings): Report => ({
  benchmark,
  variants: labels.map(({ name, label }) => {
    const own = rounds.map((round) => round[name] as Round[string])
    return {
      name,
      label,
      requestsPerSecond: spreadOf(own.map(rate), 0),
      p50: median(
        own.map(({ p50 }) => p50),
        2,
      ),
      p95: median(
        own.map(({ p95 }) => p95),
        2,
      ),
      cpu: {
        server: medianCpu(own.map(({ server }) => server)),
        postgres: medianCpu(own.map(({ database }) => database)),
      },
    }
  }),
  ratios: Object.fromEntries(
    ratios.map(([name, reference]) => [
      `${name} ÷ ${reference}`,
      spreadOf(
        rounds.map((round) => rate(round[name] as Round[string]) / rate(round[reference] as Round[string])),
        3,
      ),
    ]),
  ),
  rounds: options.rounds,
  seconds: options.seconds,
  concurrency: options.concurrency,
  seed,
  versions,
  machine: {
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    loadAverage: rounded(loadavg()[0] as number, 1),
  },
})

const rate = ({ requests, seconds }: Measured) => requests / seconds

const rounded = (value: number, digits: number) => Number(value.toFixed(digits))

const median = (values: readonly number[], digits: number) => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return rounded(((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2, digits)
}

const spreadOf = (values: readonly number[], digits: number): Spread => ({
  median: median(values, digits),
  min: rounded(Math.min(...values), digits),
  max: rounded(Math.max(...values), digits),
})

const medianCpu = (values: readonly (number | undefined)[]) => {
  const known = values.filter((value) => value !== undefined)
  return known.length ? median(known, 0) : null
}
