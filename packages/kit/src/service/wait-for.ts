import type { Log } from '../config/log.js'
import { Unavailable } from '../errors/errors.js'
import { isUnavailable } from '../errors/map-error.js'

/** In milliseconds. What has come is noticed within the longest of them. */
const pauses = { shortest: 100, longest: 500 }
const betweenLogs = 10_000

/**
 * Tries until a backing service answers, with growing pauses, and gives up after `patience` milliseconds with UNAVAILABLE. A schema that others
 * bring up to date is waited for alike. What is not about reaching it, such as a wrong password, is thrown at once.
 */
export const waitFor = async <T>(
  what: string,
  attempt: () => Promise<T>,
  { patience, log, onWait }: { patience: number; log: Log; onWait?: ((what: string | undefined) => void) | undefined },
): Promise<T> => {
  const until = Date.now() + patience
  let logged = Number.NEGATIVE_INFINITY
  // An attempt may last by itself, such as one that migrates many rows.
  const telling = async (work: () => Promise<T>) => {
    const began = Date.now()
    const timer = setInterval(() => {
      onWait?.(what)
      log.warn({ seconds: Math.round((Date.now() - began) / 1000) }, `still at work with ${what}`)
    }, betweenLogs)
    try {
      return await work()
    } finally {
      clearInterval(timer)
    }
  }
  for (let pause = pauses.shortest; ; pause = Math.min(pause * 2, pauses.longest)) {
    try {
      const found = await telling(attempt)
      onWait?.(undefined)
      return found
    } catch (cause) {
      const { reason, message } = cause instanceof Unavailable ? cause : {}
      if (!isUnavailable(cause) && reason !== 'nats' && reason !== 'schema') throw cause
      const isLate = Date.now() + pause > until
      if (isLate && reason === 'schema') throw cause
      if (isLate) throw new Unavailable(`${what} cannot be reached.`, { reason: 'start', cause })
      const told = reason === 'schema' ? `its schema: ${message}` : what
      onWait?.(told)
      if (Date.now() - logged >= betweenLogs) {
        logged = Date.now()
        log.warn({ reason: cause instanceof Error ? cause.message : String(cause) }, `waiting for ${told}`)
      }
      await new Promise((resume) => setTimeout(resume, pause))
    }
  }
}
