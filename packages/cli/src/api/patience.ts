import { setTimeout as pause } from 'node:timers/promises'
import { isPassing } from './api-error.js'

export interface Patience {
  /** Ends the waiting; the last error is thrown. */
  signal: AbortSignal
  /** How long nothing may succeed before it is given up, in milliseconds. */
  outageMs: number
  /** Told before each wait. */
  onWait(error: Error, waitMs: number): void
}

const longestWait = 15_000

/** Repeats what fails only for the moment (a restart, a lost connection, a limit), with growing pauses. For calls that are safe to repeat. */
export const patiently = async <T>(call: () => Promise<T>, o: Patience): Promise<T> => {
  const since = Date.now()
  for (let wait = 250; ; wait = Math.min(wait * 2, longestWait)) {
    try {
      return await call()
    } catch (error) {
      if (!isPassing(error) || o.signal.aborted || Date.now() - since + wait > o.outageMs) throw error
      o.onWait(error, wait)
      // Spread, so that clients do not return all at once.
      await pause(wait * (0.75 + Math.random() / 2), undefined, { signal: o.signal }).catch(() => {
        throw error
      })
    }
  }
}
