import { setTimeout as pause } from 'node:timers/promises'
import { isAway } from '../errors/isolate-failures.js'
import { backOffMs } from '../jobs/back-off.js'
import type { Job, JobContext } from '../jobs/job.js'
import type { Context } from '../service/context.js'
import { dueTenants, dueTimers, type FoundTimer } from './due-timers.js'
import { claim, type Observe, observeLate, postpone } from './end-timers.js'
import type { SlowTimer } from './timer.js'

/** What takes long need not begin at once, and where nothing is due the look for all slow timers together is one statement, beside that for the lease. */
const everyMs = 2_000
/** How many are worked on at a time, and how many of them for one tenant, so that one which hangs leaves room for others. */
const places = 4
const placesOfTenant = 2
/** How long nothing is tried at most where what all of them need is away. */
const longestAwayMs = 30_000

interface Work {
  tenant: string
  entityId: string
  end: AbortController
  done: Promise<void>
}

/**
 * Does the work of slow timers, each of them with places of its own, so that one never waits for another. What fails waits for its own back-off.
 */
export const slowTimersJob = (service: string, timers: readonly SlowTimer[], observe?: Observe): Job => {
  const workers = timers.map((timer) => workerOf(timer, observe))
  const names = timers.map(({ name }) => name)
  const working = () => workers.flatMap(({ busy }) => [...busy].map(({ done }) => done))

  return {
    name: `${service}-timers-slow`,
    everyMs,
    run: async (ctx) => {
      const isDue = !ctx.signal.aborted && (await dueTenants(ctx.system, ctx.now(), names, [])).length > 0
      let begun = 0
      if (isDue) for (const worker of workers) begun += await worker.begin(ctx)
      const all = working()
      if (all.length) await Promise.race([...all, pause(everyMs / 2, undefined, { ref: false })])
      // What was begun first may have ended before the last was looked for.
      return Math.max(begun, all.length)
    },
    ended: async () => {
      for (const { busy } of workers) for (const { end } of busy) end.abort(new Error('the service stops'))
      await Promise.all(working())
    },
  }
}

/**
 * Does the work of one slow timer, one entity in each place. Who had their turn longest ago comes first. Where one says that something is away, one at a
 * time is tried until one succeeds.
 */
const workerOf = (timer: SlowTimer, observe: Observe) => {
  const busy = new Set<Work>()
  /** Entities whose work took too long and has not ended yet: they are not tried beside it. */
  const lingering = new Set<string>()
  const lastTurns = new Map<string, number>()
  let turns = 0
  let away = { times: 0, until: 0 }

  const worksOf = (tenant: string) => [...busy].filter((work) => work.tenant === tenant)

  /** One of each tenant that has room for it. */
  const next = async (ctx: JobContext) => {
    const free = (away.times ? 1 : places) - busy.size
    if (free <= 0 || ctx.signal.aborted || ctx.now().getTime() < away.until) return []
    const full = [...busy].map(({ tenant }) => tenant).filter((tenant) => worksOf(tenant).length >= placesOfTenant)
    const tenants = await dueTenants(ctx.system, ctx.now(), [timer.name], full)
    const found: { tenant: string; due: FoundTimer }[] = []
    for (const tenant of tenants.sort((a, b) => (lastTurns.get(a) ?? 0) - (lastTurns.get(b) ?? 0))) {
      if (found.length >= free) break
      const known = new Set(worksOf(tenant).map(({ entityId }) => entityId))
      const due = await dueTimers(ctx.system, ctx.now(), [timer.name], tenant)
      const first = due.find(({ entityId }) => !known.has(entityId) && !lingering.has(entityId))
      if (first) found.push({ tenant, due: first })
    }
    return found
  }

  const begin = (ctx: JobContext, tenant: string, due: FoundTimer) => {
    lastTurns.set(tenant, ++turns)
    const { entityId } = due
    const work: Work = { tenant, entityId, end: new AbortController(), done: Promise.resolve() }
    busy.add(work)
    work.done = goOff(ctx, work)
      .then(() => {
        away = { times: 0, until: 0 }
      })
      .catch(async (error: unknown) => {
        if (ctx.signal.aborted) return
        if (isAway(error)) {
          const times = away.times + 1
          away = { times, until: ctx.now().getTime() + Math.min(backOffMs(times), longestAwayMs) }
        }
        await postpone(ctx, tenant, timer, new Map([[due, error]]))
      })
      .catch((err: unknown) => ctx.log.warn({ timer: timer.name, tenant, err }, 'timers will be tried again'))
      .finally(() => busy.delete(work))
  }

  const goOff = async (ctx: JobContext, { tenant, entityId, end }: Work) => {
    const context = until(end.signal, ctx.forTenant(tenant))
    const late = setTimeout(() => end.abort(new Error(`it took longer than ${timer.mostMs} ms`)), timer.mostMs)
    const ended = new Promise<never>((_, reject) => {
      end.signal.addEventListener('abort', () => reject(end.signal.reason))
    })
    lingering.add(entityId)
    const working = Promise.try(() => timer.work(context, entityId, end.signal)).finally(() =>
      lingering.delete(entityId),
    )
    const finish = await Promise.race([working, ended]).finally(() => clearTimeout(late))
    const claimed = await context.transaction(async (tx) => {
      const found = await claim(tx, timer, [entityId])
      if (found.length) await finish?.(tx)
      return found
    })
    observeLate(ctx, timer, claimed, observe)
  }

  return {
    busy,
    /** Begins what there is room for; answers how much that is. */
    begin: async (ctx: JobContext) => {
      const found = await next(ctx)
      for (const { tenant, due } of found) begin(ctx, tenant, due)
      return found.length
    },
  }
}

/** The same context, which writes nothing any more once the signal is aborted: what goes on regardless may run beside another try elsewhere. */
const until = (signal: AbortSignal, context: Context): Context => ({
  ...context,
  transaction: async (work, how) => {
    signal.throwIfAborted()
    return context.transaction(async (tx) => {
      const done = await work(tx)
      signal.throwIfAborted()
      return done
    }, how)
  },
})
