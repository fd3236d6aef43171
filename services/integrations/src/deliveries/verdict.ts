/** How one attempt ended. */
export interface Outcome {
  /** HTTP status; null where there was no answer. */
  statusCode: number | null
  /** Why it failed; null after a 2xx. */
  error: string | null
  /** When the endpoint asked to be tried again, by Retry-After. */
  retryAt: Date | null
  /** At most 1 kB of the answer. */
  snippet: string | null
  durationMs: number
}

/** What follows from an attempt. */
export interface Verdict {
  status: 'DELIVERED' | 'PENDING' | 'FAILED'
  nextAt: Date | null
  /** The whole endpoint waits until then. */
  pausedUntil: Date | null
  /** The endpoint says that it is gone for good. */
  gone: boolean
}

interface Circumstances {
  /** Attempts of this round, this one included. */
  attempt: number
  retrySeconds: readonly number[]
  now: Date
  /** From 0 up to 1, for the jitter. */
  random: number
}

const jitter = 0.2
const longestPauseMs = 24 * 60 * 60 * 1000
const throttling = [429, 502, 503, 504]

/**
 * Decides after an attempt (Standard Webhooks 1.0): 2xx is success, 410 ends the endpoint, everything else is tried again by the
 * schedule ± 20 %, where the endpoint throttles not before its Retry-After, which counts for at most a day.
 */
export const verdictOn = (outcome: Outcome, { attempt, retrySeconds, now, random }: Circumstances): Verdict => {
  const final = { nextAt: null, pausedUntil: null, gone: false }
  if (outcome.error === null) return { ...final, status: 'DELIVERED' }
  if (outcome.statusCode === 410) return { ...final, status: 'FAILED', gone: true }
  const pausedUntil = pauseOf(outcome, now)
  const seconds = retrySeconds[attempt - 1]
  if (seconds === undefined) return { ...final, status: 'FAILED', pausedUntil }
  const pause = seconds * 1000 * (1 + jitter * (2 * random - 1))
  const nextAt = new Date(Math.max(now.getTime() + Math.round(pause), pausedUntil?.getTime() ?? 0))
  return { status: 'PENDING', nextAt, pausedUntil, gone: false }
}

const pauseOf = ({ statusCode, retryAt }: Outcome, now: Date) => {
  if (!retryAt || !throttling.includes(statusCode ?? 0) || retryAt <= now) return null
  return new Date(Math.min(retryAt.getTime(), now.getTime() + longestPauseMs))
}

/** The point in time of a Retry-After header, which holds seconds or an HTTP date; null for anything else. */
export const retryAtOf = (header: string | undefined, now: Date): Date | null => {
  if (!header) return null
  if (/^\d{1,9}$/.test(header.trim())) return new Date(now.getTime() + Number(header) * 1000)
  const at = /^[A-Za-z]{3,9},/.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(at) ? null : new Date(at)
}
