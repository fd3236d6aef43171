import type { Report, Spread } from './report.js'

/** The report as a person reads it. */
export const tableOf = (report: Report): string => {
  const { seed, versions, machine, variants, ratios } = report
  const seeded = Object.entries(seed).map(([name, count]) => `${count.toLocaleString('en')} ${name}`)
  const parts = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    `${report.benchmark}: ${report.rounds} rounds of ${report.seconds} s each, ${report.concurrency} requests at a time`,
    `seed: ${seeded.join(', ')}`,
    `machine: ${machine.platform}, ${machine.cores} cores, load average ${machine.loadAverage}`,
    `versions: ${parts.join(', ')}`,
    '',
    ...aligned([
      ['variant', 'requests/s', 'min – max', 'p50 ms', 'p95 ms', 'CPU µs/request: server', 'PostgreSQL'],
      ...variants.map(({ name, requestsPerSecond: rps, p50, p95, cpu }) => [
        ...[name, rps.median.toFixed(0), range(rps, 0), p50.toFixed(1), p95.toFixed(1)],
        ...[cpu.server?.toFixed(0) ?? 'unknown', cpu.postgres?.toFixed(0) ?? 'unknown'],
      ]),
    ]),
    '',
    ...aligned([
      ['ratio of throughput', 'median', 'min – max'],
      ...Object.entries(ratios).map(([name, ratio]) => [name, ratio.median.toFixed(2), range(ratio, 2)]),
    ]),
    '',
    ...variants.map(({ name, label }) => `${name}: ${label}`),
  ].join('\n')
}

const range = ({ min, max }: Spread, digits: number) => `${min.toFixed(digits)} – ${max.toFixed(digits)}`

/** Columns of equal width, the first to the left and figures to the right. */
const aligned = (rows: readonly (readonly string[])[]) => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column ? cell.padStart(widths[column] as number) : cell.padEnd(widths[column] as number)))
      .join('  ')
      .trimEnd(),
  )
}
