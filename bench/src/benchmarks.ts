import type { Progress } from '@clientele/embedded'
import type { Comparison } from './comparison/comparison.js'
import { runComparison } from './comparison/run.js'
import { customer360 } from './customer-360/customer-360.js'
import { customerList } from './customer-list/customer-list.js'
import type { Options } from './options.js'
import type { Report } from './report/report.js'

export interface Benchmark {
  name: string
  summary: string
  run(options: Options, progress: Progress): Promise<Report>
}

const comparing = (comparison: Comparison): Benchmark => ({
  name: comparison.name,
  summary: `${comparison.summary}: the gateway against one hand-written SQL statement and PostGraphile`,
  run: (options, progress) => runComparison(comparison, options, progress),
})

/** Every benchmark there is. */
export const benchmarks: readonly Benchmark[] = [comparing(customer360), comparing(customerList)]
