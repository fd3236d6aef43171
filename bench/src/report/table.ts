import { aligned } from './aligned.js'
import { type GoalReport } from './goals.js'
import { type Growth, growthOf } from './growth.js'
import { machineLine, versionsLine } from './machine.js'
import type { LevelReport, Report } from './report.js'
import type { Spread } from './spread.js'

const memoryFigures = ['rss', 'pss', 'heap'] as const

/** The report as a person reads it. */
export const tableOf = (report: Report): string => {
  const { seed, versions, machine, variants, levels, growth } = report
  const seeded = Object.entries(seed).map(([name, count]) => `${count.toLocaleString('en')} ${name}`)
  return [
    levels.length ? `${report.benchmark}: ${report.rounds} rounds of ${report.seconds} s each` : report.benchmark,
    `seed: ${seeded.join(', ')}`,
    machineLine(machine),
    versionsLine(versions),
    ...levels.flatMap(levelLines),
    ...growth.flatMap(growthLines),
    '',
    ...variants.map(({ name, label }) => `${name}: ${label}`),
  ].join('\n')
}

const levelLines = ({ concurrency, variants, ratios, goals }: LevelReport) => [
  '',
  ...aligned([
    [
      ...[`${concurrency} at a time`, 'requests/s', 'min – max', 'p50 ms', 'p95 ms'],
      ...['CPU µs/request: server', 'PostgreSQL', 'RSS MB', 'PSS MB', 'heap MB'],
    ],
    ...variants.map(({ name, requestsPerSecond: rps, p50, p95, cpu, memory }) => [
      ...[name, rps.median.toFixed(0), range(rps, 0), p50.toFixed(1), p95.toFixed(1)],
      ...[cpu.server?.toFixed(0) ?? 'unknown', cpu.postgres?.toFixed(0) ?? 'unknown'],
      ...memoryFigures.map((figure) => course(memory.map((each) => each[figure]))),
    ]),
  ]),
  '',
  ...aligned([
    ['ratio', 'throughput', 'min – max', 'p95', 'min – max'],
    ...Object.entries(ratios).map(([name, { throughput, p95 }]) => [
      ...[name, throughput.median.toFixed(2), range(throughput, 2), p95.median.toFixed(2), range(p95, 2)],
    ]),
  ]),
  ...(goals.length ? ['', ...aligned([['goal', '', 'measured', ''], ...goals.map(goalCells)])] : []),
]

const goalCells = (goal: GoalReport) => {
  const { figure, atLeast, atMost, measured, met } = goal
  return [
    `${'ratio' in goal ? goal.ratio : goal.variant}, ${figure}`,
    atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`,
    measured?.toFixed('ratio' in goal ? 2 : 0) ?? '',
    met === null ? 'not measured' : met ? 'met' : 'missed',
  ]
}

const growthLines = (growth: Growth) => {
  const { variant, concurrency, requests, distinct, samples } = growth
  const times = (factor: number | undefined) => factor?.toFixed(2) ?? 'unknown'
  return [
    '',
    `${variant}: ${requests.toLocaleString('en')} requests, ${concurrency} at a time, ${distinct.toLocaleString('en')} with a query of their own`,
    ...aligned([
      ['minutes', 'RSS MB', 'PSS MB', 'heap MB'],
      ...samples.map((each) => [each.minutes.toFixed(1), ...memoryFigures.map((figure) => megabytes(each[figure]))]),
      ['last ÷ first', ...memoryFigures.map((figure) => times(growthOf(growth, figure)))],
    ]),
  ]
}

const range = ({ min, max }: Spread, digits: number) => `${min.toFixed(digits)} – ${max.toFixed(digits)}`

const megabytes = (bytes: number | undefined) => (bytes === undefined ? 'unknown' : (bytes / 1e6).toFixed(0))

/** From the first round's end to the last's. */
const course = (bytes: readonly (number | undefined)[]) => {
  const [first, last] = [megabytes(bytes[0]), megabytes(bytes.at(-1))]
  return first === last ? first : `${first} → ${last}`
}
