import type { Measured } from '../load/load.js'
import type { Memory } from '../surroundings/memory.js'
import { type Figure, type Goal, type GoalReport, type Need, reached } from './goals.js'
import type { Growth } from './growth.js'
import { type Machine, machineNow } from './machine.js'
import { median, medianKnown, type Spread, spreadOf } from './spread.js'

/** What a variant did in its turn, with CPU in microseconds per request; undefined where it cannot be told. */
export type Turn = Measured & Memory & { server: number | undefined; database: number | undefined }

/** A turn of each variant, by name; memory is what they held at the round's end. */
export type Round = Record<string, Turn>

/** The rounds with so many requests at a time. */
export interface Level {
  concurrency: number
  rounds: readonly Round[]
}

export interface VariantReport {
  name: string
  requestsPerSecond: Spread
  /** Milliseconds, median over the rounds. */
  p50: number
  p95: number
  /** Microseconds of CPU per request, all cores together; null where it cannot be told. */
  cpu: { server: number | null; postgres: number | null }
  /** Bytes at the end of each round, all of the variant's processes together. */
  memory: Memory[]
}

export interface LevelReport {
  concurrency: number
  variants: VariantReport[]
  /** One variant's figures in parts of another's, from the rounds' own ratios: `http ÷ hand-written`. */
  ratios: Record<string, Record<Figure, Spread>>
  goals: GoalReport[]
}

/** What a benchmark found out. */
export interface Report {
  benchmark: string
  variants: { name: string; label: string }[]
  levels: LevelReport[]
  growth: Growth[]
  rounds: number
  seconds: number
  seed: Record<string, number>
  versions: Record<string, string>
  machine: Machine
}

export interface Findings extends Pick<Report, 'benchmark' | 'variants' | 'growth' | 'seconds' | 'seed' | 'versions'> {
  levels: readonly Level[]
  goals: readonly Goal[]
}

/** Which ratios are formed where both variants took part: dividend and divisor. */
const pairs = [
  ['in-process', 'hand-written'],
  ['in-process', 'hand-written-apart'],
  ['in-process', 'postgraphile'],
  ['in-process', 'stock'],
  ['in-process', 'before'],
  ['http', 'stock-http'],
  ['http', 'hand-written'],
  ['traced', 'in-process'],
] as const

/** Puts the rounds together. A ratio is formed in each round, as rounds differ more than the variants within one. */
export const reportOf = ({ levels, goals, ...findings }: Findings): Report => ({
  ...findings,
  levels: levels.map((level) => levelOf(level, findings.variants, goals)),
  rounds: levels[0]?.rounds.length ?? 0,
  machine: machineNow(),
})

const levelOf = ({ concurrency, rounds }: Level, labels: Report['variants'], goals: readonly Goal[]): LevelReport => {
  const names = labels.map(({ name }) => name)
  const ratios = Object.fromEntries(
    pairs
      .filter((pair) => pair.every((name) => names.includes(name)))
      .map(([name, reference]) => [`${name} ÷ ${reference}`, ratioOf(rounds, name, reference)]),
  )
  const variants = names.map((name) => variantOf(name, turnsOf(rounds, name)))
  return { concurrency, variants, ratios, goals: reached(goals, ratios, needsOf(variants)) }
}

const needsOf = (variants: readonly VariantReport[]): Record<string, Record<Need, number | null>> =>
  Object.fromEntries(
    variants.map(({ name, cpu, memory }) => {
      const last = memory.at(-1)
      return [name, { 'server CPU µs': cpu.server, 'RSS MB': megabytes(last?.rss), 'PSS MB': megabytes(last?.pss) }]
    }),
  )

const megabytes = (bytes: number | undefined) => (bytes === undefined ? null : bytes / 1e6)

const variantOf = (name: string, turns: readonly Turn[]): VariantReport => ({
  name,
  requestsPerSecond: spreadOf(turns.map(rate), 0),
  p50: median(
    turns.map(({ p50 }) => p50),
    2,
  ),
  p95: median(
    turns.map(({ p95 }) => p95),
    2,
  ),
  cpu: {
    server: medianKnown(
      turns.map(({ server }) => server),
      0,
    ),
    postgres: medianKnown(
      turns.map(({ database }) => database),
      0,
    ),
  },
  memory: turns.map(({ rss, pss, heap }) => ({ rss, pss, heap })),
})

const ratioOf = (rounds: readonly Round[], name: string, reference: string): Record<Figure, Spread> => {
  const own = turnsOf(rounds, name)
  const other = turnsOf(rounds, reference)
  const each = (figure: (turn: Turn) => number) =>
    spreadOf(
      own.map((turn, round) => figure(turn) / figure(other[round] as Turn)),
      3,
    )
  return { throughput: each(rate), p95: each(({ p95 }) => p95) }
}

const turnsOf = (rounds: readonly Round[], name: string) => rounds.map((round) => round[name] as Turn)

const rate = ({ requests, seconds }: Measured) => requests / seconds
