import type { Progress } from '@clientele/embedded'
import { customer360 } from './customer-360/customer-360.js'
import type { Options } from './options.js'
import type { Report } from './report.js'

export interface Benchmark {
  name: string
  summary: string
  run(options: Options, progress: Progress): Promise<Report>
}

/** Every benchmark there is. */
export const benchmarks: readonly Benchmark[] = [
  {
    name: 'customer-360',
    summary: 'everything about one customer: the gateway against one hand-written SQL statement and PostGraphile',
    run: customer360,
  },
]
