/** What a run came to. Milliseconds; failures are a part of all requests. */
export interface Figures {
  requestsPerSecond: number
  p50: number
  p95: number
  p99: number
  failures: number
}

/** How much worse than the reference run a run may be. */
export interface Limits {
  /** p95 in parts of the reference's. */
  p95: number
  /** Requests a second in parts of the reference's. */
  throughput: number
  /** The part of requests that may fail, whatever the reference says. */
  failures: number
}

export const usualLimits: Limits = { p95: 1.3, throughput: 0.8, failures: 0 }

/** What a run was of: a ratio to another scenario, to another load, or by what measures otherwise, says nothing. */
export interface RunKind {
  scenario: string
  model: object
  runner: 'clientele' | 'k6'
}

/** Why a run cannot be held against another; undefined where it can. */
export const otherKind = (reference: RunKind, run: RunKind): string | undefined => {
  const [was, is] = [reference, run].map(
    ({ scenario, model, runner }) => `${scenario} with ${JSON.stringify(model)} by ${runner}`,
  )
  return was === is ? undefined : `The reference is of ${was}; this is ${is}.`
}

export interface LimitVerdict {
  name: string
  limit: string
  measured: number
  met: boolean
}

/** What a run may come to, in figures of its own, so that a load generator can be told them before it begins. */
export const boundsOf = (limits: Limits, reference: Figures) => ({
  p95: limits.p95 * reference.p95,
  requestsPerSecond: limits.throughput * reference.requestsPerSecond,
})

/** Holds a run against the reference; without one only failures have a limit. */
export const limitsOf = (figures: Figures, limits: Limits, reference?: Figures): LimitVerdict[] => {
  const failures = {
    name: 'failed requests',
    limit: `at most ${limits.failures}`,
    measured: figures.failures,
    met: figures.failures <= limits.failures,
  }
  if (!reference) return [failures]
  const p95 = figures.p95 / reference.p95
  const throughput = figures.requestsPerSecond / reference.requestsPerSecond
  return [
    failures,
    { name: 'p95 ÷ reference', limit: `at most ${limits.p95}`, measured: p95, met: p95 <= limits.p95 },
    {
      ...{ name: 'throughput ÷ reference', limit: `at least ${limits.throughput}` },
      ...{ measured: throughput, met: throughput >= limits.throughput },
    },
  ]
}
