import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { inTime } from '../service/in-time.js'

/** What Prometheus asks a process for. No label has more values than code and schema know, and none tells of a tenant or a person. */
export interface Metrics {
  registry: Registry
  /** Everything in Prometheus' text format, measured now where it is a state. */
  text(): Promise<string>
  /** Has a state measured whenever somebody asks; what fails or takes long is left out. Returns what ends it. */
  sample(measure: () => Promise<void>): () => void
}

/** How long a request, fetch or event may take, in seconds. */
export const durations = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** How long a statement may take, in seconds. */
export const statementDurations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30]
/** How late something may be, in seconds. */
export const delays = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 7_200, 86_400]

const sampleMs = 2_000

/** `ofProcess` adds what Node.js says of itself: memory, event loop, garbage collection. One for all that runs in a process. */
export const createMetrics = ({ ofProcess = false } = {}): Metrics => {
  const registry = new Registry()
  if (ofProcess) collectDefaultMetrics({ register: registry })
  const samples = new Set<() => Promise<void>>()
  return {
    registry,
    text: async () => {
      await Promise.all([...samples].map((measure) => inTime(sampleMs, measure).catch(() => {})))
      return registry.metrics()
    },
    sample: (measure) => {
      samples.add(measure)
      return () => samples.delete(measure)
    },
  }
}

type Family = { name: string; help: string; labelNames: readonly string[] }

/** Services of one process share a family: each has its name in a label. */
const once = <M>({ registry }: Metrics, { name }: Family, make: () => M): M =>
  (registry.getSingleMetric(name) as M | undefined) ?? make()

export const counter = (metrics: Metrics, family: Family) =>
  once(metrics, family, () => new Counter({ ...family, registers: [metrics.registry] }))

export const gauge = (metrics: Metrics, family: Family) =>
  once(metrics, family, () => new Gauge({ ...family, registers: [metrics.registry] }))

export const histogram = (metrics: Metrics, family: Family & { buckets: number[] }) =>
  once(metrics, family, () => new Histogram({ ...family, registers: [metrics.registry] }))
