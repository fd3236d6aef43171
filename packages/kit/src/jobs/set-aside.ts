import type { Log } from '../config/log.js'
import { isUnavailable } from '../errors/map-error.js'
import { backOffMs } from './back-off.js'

/** What a job fails at. It is logged and left out for a while, so that it keeps nothing else waiting; kept by this process only. */
export interface SetAside {
  /** What is left out now, to be excluded where work is looked for. */
  ids(): string[]
  /**
   * Leaves it out until its back-off (`backOffMs`) is over. What has been free for five minutes, or for as long as its pause was, begins
   * anew; and it is not to blame where the database is away. `what` says in the log what it is.
   */
  add(id: string, error: unknown, what: Readonly<Record<string, unknown>>): void
}

const forgottenMs = 300_000

export const createSetAside = (job: string, log: Log, now: () => Date): SetAside => {
  const failed = new Map<string, { times: number; until: number; pauseMs: number }>()
  return {
    ids: () => {
      const at = now().getTime()
      for (const [id, { until, pauseMs }] of failed) {
        if (until + Math.max(pauseMs, forgottenMs) < at) failed.delete(id)
      }
      return [...failed].filter(([, { until }]) => until > at).map(([id]) => id)
    },
    add: (id, error, what) => {
      const times = isUnavailable(error) ? 1 : (failed.get(id)?.times ?? 0) + 1
      const pauseMs = backOffMs(times)
      failed.set(id, { times, until: now().getTime() + pauseMs, pauseMs })
      log.warn(
        { job, ...what, times, pauseMs, err: error },
        'a job goes on without what it failed at, and tries it again',
      )
    },
  }
}
