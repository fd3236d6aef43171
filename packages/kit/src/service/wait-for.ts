import type { Log } from '../config/log.js'
import { Unavailable } from '../errors/errors.js'
import { isUnavailable } from '../errors/map-error.js'

const pauses = { shortest: 100, longest: 5_000 }

/**
 * Tries until a backing service answers, with growing pauses, and gives up after `patience` milliseconds with UNAVAILABLE.
 * What is not about reaching it, such as a wrong password, is thrown at once.
 */
export const waitFor = async <T>(what: string, attempt: () => Promise<T>, patience: number, log: Log): Promise<T> => {
  const until = Date.now() + patience
  for (let pause = pauses.shortest; ; pause = Math.min(pause * 2, pauses.longest)) {
    try {
      return await attempt()
    } catch (cause) {
      if (!isUnavailable(cause) && !(cause instanceof Unavailable && cause.reason === 'nats')) throw cause
      if (Date.now() + pause > until) throw new Unavailable(`${what} cannot be reached.`, { reason: 'start', cause })
      log.warn({ err: cause }, `waiting for ${what}`)
      await new Promise((resume) => setTimeout(resume, pause))
    }
  }
}
