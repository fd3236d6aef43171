import { Unavailable } from '../errors/errors.js'

/** Until when something has to be answered. */
export interface Deadline {
  /** Aborted when it has passed. */
  signal: AbortSignal
  /** Rejects with UNAVAILABLE `request.timeout` when it has passed. */
  passed: Promise<never>
  /** Begins anew: something has arrived. */
  extend(): void
  end(): void
}

export const startDeadline = (ms: number): Deadline => {
  const abort = new AbortController()
  const { promise: passed, reject } = Promise.withResolvers<never>()
  passed.catch(() => {})
  const timer = setTimeout(() => {
    abort.abort()
    reject(new Unavailable('This took too long.', { reason: 'request.timeout' }))
  }, ms).unref()
  return { signal: abort.signal, passed, extend: () => void timer.refresh(), end: () => clearTimeout(timer) }
}
