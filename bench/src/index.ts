export { type Benchmark, benchmarks } from './benchmarks.js'
export { defaults, type Options, readArguments } from './options.js'
export type { Report } from './report/report.js'
export { tableOf } from './report/table.js'
