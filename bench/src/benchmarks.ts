import type { Benchmark } from './benchmark.js'
import type { Comparison } from './comparison/comparison.js'
import { runComparison } from './comparison/run.js'
import { conditions } from './conditions/conditions.js'
import { customer360 } from './customer-360/customer-360.js'
import { customerList } from './customer-list/customer-list.js'
import { tableOf } from './report/table.js'
import { timers } from './timers/timers.js'

const comparing = (comparison: Comparison): Benchmark => ({
  name: comparison.name,
  summary: `${comparison.summary}: the gateway against one hand-written SQL statement and PostGraphile`,
  run: async (options, progress) => {
    const report = await runComparison(comparison, options, progress)
    return { report, table: tableOf(report), goals: report.levels.flatMap(({ goals }) => goals) }
  },
})

/** Every benchmark there is. */
export const benchmarks: readonly Benchmark[] = [comparing(customer360), comparing(customerList), timers, conditions]
