import { RateLimited } from '@clientele/kit'

/** Heavy is a body of more bytes, or an operation that costs more: some ten times what the pages of a console ask for. */
export const heavyFrom = { bytes: 8 * 1024, cost: 3_000 }

export interface HeavyLimits {
  /** So many run at once. */
  atOnce: number
  /** For each plain request answered beside a heavy one, so many are answered before the next. */
  plainBetween: number
  /** Nothing but heavy requests for so long, in milliseconds: no plain one is held up. */
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
 * Lets heavy requests run one at a time, callers by turns, in the gaps between plain ones: they share the processor with all others of this
 * process, and each is a pause for those.
 */
export function createHeavyRequests({ atOnce, plainBetween, quietMs, mostWaitMs, ...most }: HeavyLimits = heavyLimits) {
  const waiting = new Map<string, (() => void)[]>()
  let waitingInAll = 0
  let running = 0
  let plain = 0
  /** Plain requests to be answered before the next heavy one. */
  let owed = 0
  let quiet = true
  let quietTimer: NodeJS.Timeout | undefined
  let overdue = false
  let overdueTimer: NodeJS.Timeout | undefined

  const disturb = () => {
    quiet = false
    clearTimeout(quietTimer)
  }

  const calm = () => {
    if (plain > 0) return
    quietTimer = setTimeout(() => {
      quiet = true
      startNext()
    }, quietMs).unref()
  }

  const watch = () => {
    if (waitingInAll === 0 || overdueTimer) return
    overdueTimer = setTimeout(() => {
      overdueTimer = undefined
      overdue = true
      startNext()
    }, mostWaitMs).unref()
  }

  function startNext(): void {
    if (running >= atOnce || !(quiet || overdue || owed <= 0)) {
      watch()
      return
    }
    const [caller, turns] = waiting.entries().next().value ?? []
    const start = turns?.shift()
    if (!start) return
    // To the end of the line, so that callers take turns.
    waiting.delete(caller!)
    if (turns!.length > 0) waiting.set(caller!, turns!)
    waitingInAll--
    running++
    owed = plainBetween
    overdue = false
    clearTimeout(overdueTimer)
    overdueTimer = undefined
    start()
    startNext()
  }

  return (caller: string): Turn => {
    let isHeavy = false
    let ended = false
    plain++
    disturb()

    const leavePlain = () => {
      plain--
      calm()
    }

    return {
      async heavy() {
        if (isHeavy || ended) return
        const own = waiting.get(caller) ?? []
        if (own.length >= most.waitingOfOne || waitingInAll >= most.waiting) {
          throw new RateLimited('Too many large requests wait already. Send the next when one is answered.', {
            reason: 'rate.heavy_requests',
          })
        }
        isHeavy = true
        leavePlain()
        await new Promise<void>((start) => {
          own.push(start)
          waiting.set(caller, own)
          waitingInAll++
          startNext()
        })
      },
      end() {
        if (ended) return
        ended = true
        if (isHeavy) running--
        else {
          owed += running > 0 ? plainBetween : -1
          leavePlain()
        }
        startNext()
      },
    }
  }
}
