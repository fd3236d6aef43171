export type { Benchmark, Outcome } from './benchmark.js'
export { benchmarks } from './benchmarks.js'
export { defaults, type Options, readArguments } from './options.js'
export type { Report } from './report/report.js'
