export { type Benchmark, benchmarks } from './benchmarks.js'
export { defaults, type Options, readArguments } from './options.js'
export type { Report } from './report.js'
export { tableOf } from './table.js'
