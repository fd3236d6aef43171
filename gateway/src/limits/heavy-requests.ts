import { type PlainReason, RateLimited, Unavailable } from '@clientele/kit'
import type { WaitingMetrics, WaitOutcome } from '../metrics/gateway-metrics.js'
import { createWaitingLine, type Waiting } from './waiting-line.js'
import { plainWeight } from './weight.js'

/** The reason of a request whose client left before it could begin. */
export const abandoned = 'request.abandoned'

/** The reasons of requests that cannot have a turn now. */
export const tooManyWait = 'rate.heavy_requests'
export const waitedTooLong = 'request.waited_too_long'

export interface HeavyLimits {
  /** Heavy requests of so much weight together run at once beside plain requests; one that is heavier runs alone. */
  budget: number
  /** Of so much weight where there are no others. */
  budgetInQuiet: number
  /** For each plain request answered beside a heavy one, so many are answered before the next. */
  plainBetween: number
  /** No plain request for so long, in milliseconds: none is held up. */
  quietMs: number
  /** The longest that one waits, in milliseconds; after half of it, it does not wait for plain ones any more. */
  waitMs: number
  /** So many may wait, of one caller. */
  waitingOfCaller: number
  /** So many may wait, of one tenant. */
  waitingOfTenant: number
  /** So many may wait in all. */
  waiting: number
}

export const heavyLimits: HeavyLimits = {
  budget: 5_000,
  budgetInQuiet: 40_000,
  plainBetween: 60,
  quietMs: 50,
  waitMs: 10_000,
  waitingOfCaller: 20,
  waitingOfTenant: 80,
  waiting: 200,
}

/** One request among the others, plain until it is found to be heavy. */
export interface Turn {
  /**
   * Resolves when a request of so much weight may go on; at once where it is plain, or no heavier than it was before. Throws `RateLimited`
   * `rate.heavy_requests` where too many wait, and `Unavailable`: `request.waited_too_long`, or `request.abandoned` when its client leaves
   * before it could begin, and its place is free then.
   */
  weigh(weight: number): Promise<void>
  end(): void
}

type Who = Pick<Waiting, 'tenant' | 'caller'>

/**
 * Lets heavy requests run within a budget of weight, tenants and callers by turns, in the gaps between plain ones: they share the processor with
 * all others of this process, and each is a pause for those.
 */
export function createHeavyRequests(
  limits: HeavyLimits = heavyLimits,
  metrics?: WaitingMetrics,
): (who: Who, gone?: AbortSignal) => Turn {
  const line = createWaitingLine()
  /** The weight of those that run. */
  let running = 0
  /** How many of those that wait have waited for so long that the next one goes before plain ones, whoever's turn it is. */
  let late = 0
  let plain = 0
  /** Plain requests to be answered before the next heavy one. */
  let owed = 0
  let quiet = true
  const quietTimer = idleTimer(limits.quietMs, () => {
    quiet = plain === 0
    startNext()
  })

  function mayStart(weight: number): boolean {
    if (running > 0 && running + weight > (quiet ? limits.budgetInQuiet : limits.budget)) return false
    return quiet || late > 0 || owed <= 0
  }

  function startNext(): void {
    for (let next = line.first(); next && mayStart(next.weight); next = line.first()) {
      line.take(next)
      running += next.weight
      owed = 0
      next.start()
    }
    if (line.size() > 0 && plain === 0 && !quiet) quietTimer.start()
  }

  function refuseIfTooMany(who: Who): void {
    const fits =
      line.sizeOfCaller(who) < limits.waitingOfCaller &&
      line.sizeOfTenant(who.tenant) < limits.waitingOfTenant &&
      line.size() < limits.waiting
    if (fits) return
    throw new RateLimited('Too many large requests wait already. Send the next when one is answered.', {
      reason: tooManyWait,
    })
  }

  /** Resolves after it has begun; where it throws, it has left the line. */
  function wait(who: Who, weight: number, begin: () => void, gone: AbortSignal | undefined): Promise<void> {
    refuseIfTooMany(who)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const since = performance.now()
    const settle = (outcome: WaitOutcome) => {
      metrics?.waited(outcome, (performance.now() - since) / 1_000)
      clearTimeout(becomesLate)
      if (isLate) late--
      clearTimeout(longest)
      gone?.removeEventListener('abort', leave)
    }
    const one: Waiting = {
      ...who,
      weight,
      start() {
        settle('begun')
        begin()
        resolve()
      },
    }
    const giveUp = (message: string, reason: PlainReason, outcome: WaitOutcome) => {
      settle(outcome)
      line.leave(one)
      reject(new Unavailable(message, { reason }))
    }
    const leave = () => giveUp('The client has left.', abandoned, 'abandoned')
    let isLate = false
    const becomesLate = setTimeout(() => {
      isLate = true
      late++
      startNext()
    }, limits.waitMs / 2).unref()
    const longest = setTimeout(() => {
      giveUp('Other large requests came first, for too long. Try again.', waitedTooLong, 'waited_too_long')
    }, limits.waitMs).unref()
    line.join(one)
    metrics?.waits()
    gone?.addEventListener('abort', leave, { once: true })
    if (gone?.aborted) leave()
    startNext()
    return promise
  }

  return (who, gone) => {
    let own = 0
    let state: 'plain' | 'waiting' | 'heavy' | 'ended' = 'plain'
    plain++

    return {
      async weigh(weight) {
        if (state === 'ended' || weight <= Math.max(plainWeight, own)) return
        // Who is found to be heavier waits anew: two that kept their weight while they wait for more would wait for each other.
        if (state === 'plain') plain--
        running -= own
        own = 0
        state = 'waiting'
        const begin = () => {
          own = weight
          state = 'heavy'
        }
        try {
          await wait(who, weight, begin, gone)
        } catch (error) {
          state = 'ended'
          startNext()
          throw error
        }
      },
      end() {
        if (state === 'plain') {
          plain--
          owed += running > 0 ? limits.plainBetween : -1
          quiet = false
          quietTimer.stop()
        }
        running -= own
        own = 0
        state = 'ended'
        startNext()
      },
    }
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

/** Runs once after so long in which the process was free: while it is busy, nobody is heard who would be there. */
function idleTimer(ms: number, run: () => void) {
  const stepMs = ms / 5
  let left = 0
  let begun = 0
  const step = timer(stepMs, () => {
    if (performance.now() - begun < 2 * stepMs) left -= stepMs
    if (left <= 0) run()
    else next()
  })
  const next = () => {
    begun = performance.now()
    step.start()
  }
  return {
    stop() {
      left = 0
      step.stop()
    },
    start() {
      if (left > 0) return
      left = ms
      next()
    },
  }
}
