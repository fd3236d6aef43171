import { RateLimited } from '@clientele/kit'

/** Heavy is a body of more bytes, or an operation that costs more: a page of 100 customers as a table shows them is not. */
export const heavyFrom = { bytes: 8 * 1024, cost: 10_000 }

export interface HeavyLimits {
  /** So many run at once beside plain requests. */
  atOnce: number
  /** So many run at once where there are no others. */
  atOnceInQuiet: number
  /** For each plain request answered beside a heavy one, so many are answered before the next. */
  plainBetween: number
  /** No plain request for so long, in milliseconds: none is held up. */
  quietMs: number
  /** The longest that one waits for plain ones, in milliseconds. */
  mostWaitMs: number
  /** So many may wait, of one caller. */
  waitingOfOne: number
  /** So many may wait in all. */
  waiting: number
}

export const heavyLimits: HeavyLimits = {
  atOnce: 1,
  atOnceInQuiet: 4,
  plainBetween: 30,
  quietMs: 50,
  mostWaitMs: 5_000,
  waitingOfOne: 20,
  waiting: 200,
}

/** One request among the others, plain until it is found to be heavy. */
export interface Turn {
  /** Resolves when a heavy request may go on; at once where it may already. Throws `RateLimited` `rate.heavy_requests` where too many wait. */
  heavy(): Promise<void>
  end(): void
}

/**
 * Lets few heavy requests run at a time, callers by turns, in the gaps between plain ones: they share the processor with all others of this
 * process, and each is a pause for those.
 */
export function createHeavyRequests(limits: HeavyLimits = heavyLimits): (caller: string) => Turn {
  const line = createLine()
  let running = 0
  let plain = 0
  /** Plain requests to be answered before the next heavy one. */
  let owed = 0
  let quiet = true
  let overdue = false
  const quietTimer = timer(limits.quietMs, () => {
    quiet = plain === 0
    startNext()
  })
  const overdueTimer = timer(limits.mostWaitMs, () => {
    overdue = true
    startNext()
  })

  function mayStart(): boolean {
    if (running >= (quiet ? limits.atOnceInQuiet : limits.atOnce)) return false
    return quiet || overdue || owed <= 0
  }

  function startNext(): void {
    while (line.size() > 0 && mayStart()) {
      running++
      owed = 0
      overdue = false
      overdueTimer.stop()
      line.take()?.()
    }
    if (line.size() === 0) return
    if (!overdue) overdueTimer.start()
    if (plain === 0 && !quiet) quietTimer.start()
  }

  function answered(): void {
    plain--
    owed += running > 0 ? limits.plainBetween : -1
    quiet = false
    quietTimer.stop()
  }

  return (caller) => {
    let isHeavy = false
    let ended = false
    plain++

    return {
      async heavy() {
        if (isHeavy || ended) return
        if (line.size(caller) >= limits.waitingOfOne || line.size() >= limits.waiting) {
          throw new RateLimited('Too many large requests wait already. Send the next when one is answered.', {
            reason: 'rate.heavy_requests',
          })
        }
        isHeavy = true
        plain--
        await new Promise<void>((start) => {
          line.join(caller, start)
          startNext()
        })
      },
      end() {
        if (ended) return
        ended = true
        if (isHeavy) running--
        else answered()
        startNext()
      },
    }
  }
}

/** Those who wait: callers take turns, however many each has waiting. */
function createLine() {
  const waiting = new Map<string, (() => void)[]>()
  let inAll = 0
  return {
    size: (caller?: string) => (caller === undefined ? inAll : (waiting.get(caller)?.length ?? 0)),
    join(caller: string, start: () => void) {
      waiting.set(caller, [...(waiting.get(caller) ?? []), start])
      inAll++
    },
    take(): (() => void) | undefined {
      const [first] = waiting
      if (!first) return undefined
      const [caller, [start, ...others]] = first
      waiting.delete(caller)
      if (others.length > 0) waiting.set(caller, others)
      inAll--
      return start
    },
  }
}

/** Runs once after so long, counted from the first start. */
function timer(ms: number, run: () => void) {
  let running: NodeJS.Timeout | undefined
  const stop = () => {
    clearTimeout(running)
    running = undefined
  }
  return {
    stop,
    start() {
      running ??= setTimeout(() => {
        stop()
        run()
      }, ms).unref()
    },
  }
}
