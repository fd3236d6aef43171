import type { Log } from '../config/log.js'
import { Unavailable } from '../errors/errors.js'
import { isUnavailable } from '../errors/map-error.js'

const pauses = { shortest: 100, longest: 5_000 }

/**
 * Tries until a backing service answers, with growing pauses, and gives up after `patience` milliseconds with UNAVAILABLE.
 * What is not about reaching it, such as a wrong password, is thrown at once.
 */
export const waitFor = async <T>(
  what: string,
  attempt: () => Promise<T>,
  { patience, log, onWait }: { patience: number; log: Log; onWait?: ((what: string | undefined) => void) | undefined },
): Promise<T> => {
  const until = Date.now() + patience
  for (let pause = pauses.shortest; ; pause = Math.min(pause * 2, pauses.longest)) {
    try {
      const found = await attempt()
      onWait?.(undefined)
      return found
    } catch (cause) {
      if (!isUnavailable(cause) && !(cause instanceof Unavailable && cause.reason === 'nats')) throw cause
      if (Date.now() + pause > until) throw new Unavailable(`${what} cannot be reached.`, { reason: 'start', cause })
      onWait?.(what)
      log.warn({ reason: cause instanceof Error ? cause.message : String(cause) }, `waiting for ${what}`)
      await new Promise((resume) => setTimeout(resume, pause))
    }
  }
}
