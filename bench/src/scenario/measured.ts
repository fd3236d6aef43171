import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import type { Figures } from '@clientele/k6'
import { rounded } from '../report/spread.js'

/** What was seen of one operation. */
export interface OperationFigures extends Figures {
  operation: string
  requests: number
}

/** What was seen in a stretch of time. */
export interface Stretch extends Figures {
  /** Seconds since the begin, in the middle of it. */
  at: number
}

/** What the load generator measured. */
export interface Measured {
  seconds: number
  requests: number
  /** Actions that were not begun, as too many were under way. */
  notBegun: number
  figures: Figures
  operations: OperationFigures[]
  /** How many requests failed, by the reason. */
  reasons: Record<string, number>
  timeline: Stretch[]
}

/** The page shows no more stretches than so many. */
const mostStretches = 180

/** Counts requests as they end: over all, by operation, and along the time. Latencies are kept to three digits. */
export const createTally = (seconds: number) => {
  const stretch = Math.max(1, Math.ceil(seconds / mostStretches))
  const all = createCount()
  const operations = new Map<string, ReturnType<typeof createCount>>()
  const stretches = new Map<number, ReturnType<typeof createCount>>()
  const reasons = new Map<string, number>()
  return {
    /** `at` is when it ended, in seconds since the begin. */
    add: (operation: string, at: number, milliseconds: number, failure: string | undefined) => {
      for (const each of [
        all,
        of(operations, operation, createCount),
        of(stretches, Math.floor(at / stretch), createCount),
      ]) {
        each.add(milliseconds, failure !== undefined)
      }
      if (failure !== undefined) reasons.set(failure, (reasons.get(failure) ?? 0) + 1)
    },
    measured: (took: number, notBegun: number): Measured => ({
      seconds: rounded(took, 2),
      requests: all.requests(),
      notBegun,
      figures: all.figures(took),
      operations: [...operations]
        .map(([operation, each]) => ({ operation, requests: each.requests(), ...each.figures(took) }))
        .toSorted((a, b) => b.requests - a.requests),
      reasons: Object.fromEntries(reasons),
      // The last one may be cut off, or have only what ended behind the end. One in which nothing ended is there too.
      timeline: Array.from({ length: Math.floor(Math.min(seconds, took) / stretch) }, (_, index) => ({
        at: (index + 0.5) * stretch,
        ...of(stretches, index, createCount).figures(stretch),
      })),
    }),
  }
}

const createCount = () => {
  // Recorded in microseconds; the least that can be recorded is 1.
  const histogram: RecordableHistogram = createHistogram({ figures: 3 })
  let requests = 0
  let failures = 0
  return {
    add: (milliseconds: number, isFailure: boolean) => {
      requests++
      if (isFailure) failures++
      histogram.record(Math.max(1, Math.round(milliseconds * 1_000)))
    },
    requests: () => requests,
    figures: (seconds: number): Figures => {
      const percentile = (part: number) => (requests ? rounded(histogram.percentile(part) / 1_000, 2) : 0)
      return {
        requestsPerSecond: rounded(requests / seconds, 2),
        p50: percentile(50),
        p95: percentile(95),
        p99: percentile(99),
        failures: requests ? failures / requests : 0,
      }
    },
  }
}

const of = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
