import type { Progress } from '@clientele/embedded'
import type { Options } from './options.js'

/** What a benchmark found out. */
export interface Outcome {
  /** For programs: the line of JSON. */
  report: object
  /** For people. */
  table: string
  /** Null where one was not measured. */
  goals: readonly { met: boolean | null }[]
}

export interface Benchmark {
  name: string
  summary: string
  run(options: Options, progress: Progress): Promise<Outcome>
}
