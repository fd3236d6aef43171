import { setTimeout as pause } from 'node:timers/promises'
import { isPassing } from './api-error.js'

export interface Patience {
  /** Ends the waiting; the last error is thrown. */
  signal: AbortSignal
  /** How long nothing may succeed before it is given up, in milliseconds. */
  outageMs: number
  /** How long an address is tried that has never answered, in milliseconds: a platform starts again within it; `outageMs` unless given. */
  connectMs?: number
  /** Told before each wait. */
  onWait(error: Error, waitMs: number): void
}

const longestWait = 15_000
/** Between tries of an address that has never answered, or where nothing listens now, so that one that is there for a moment only is met. */
const longestConnectWait = 2_000

/** Repeats a call that fails only for the moment. */
export type Patiently = <T>(call: () => Promise<T>) => Promise<T>

/**
 * Repeats what fails only for the moment (a restart, a lost connection, a limit), with growing pauses. For calls that are safe to repeat, all of
 * one address: once it has answered, whatever it said, it is known to be there.
 */
export const createPatience = (o: Patience): Patiently => {
  let { connectMs } = o
  return async (call) => {
    const since = Date.now()
    for (let wait = 250, longest = longestWait; ; wait = Math.min(wait * 2, longest)) {
      try {
        const answer = await call()
        connectMs = undefined
        return answer
      } catch (error) {
        if (!isPassing(error) || o.signal.aborted) throw error
        if (error.reason !== 'network') connectMs = undefined
        const most = Math.min(connectMs ?? o.outageMs, o.outageMs)
        longest = connectMs === undefined && error.reason !== 'network' ? longestWait : longestConnectWait
        if (Date.now() - since + wait > most) throw error
        o.onWait(error, wait)
        // Spread, so that clients do not return all at once.
        await pause(wait * (0.75 + Math.random() / 2), undefined, { signal: o.signal }).catch(() => {
          throw error
        })
      }
    }
  }
}
