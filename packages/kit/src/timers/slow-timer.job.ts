import { setTimeout as pause } from 'node:timers/promises'
import { isAway } from '../errors/isolate-failures.js'
import { backOffMs } from '../jobs/back-off.js'
import type { Job, JobContext } from '../jobs/job.js'
import { dueTenants, dueTimers, type FoundTimer } from './due-timers.js'
import { claim, type Observe, observeLate, postpone } from './end-timers.js'
import type { SlowTimer } from './timer.js'

/** What takes long need not begin at once. */
const everyMs = 1_000
/** How many are worked on at a time, and how many of them for one tenant, so that one which hangs leaves room for others. */
const places = 4
const placesOfTenant = 2
const mostMs = 120_000
/** How long nothing is tried at most where what all of them need is away. */
const longestAwayMs = 30_000

interface Work {
  tenant: string
  entityId: string
  end: AbortController
  done: Promise<void>
}

/**
 * Does the work of one slow timer, one entity in each place. Who had their turn longest ago comes first. What fails waits for its own back-off; where it
 * says that something is away, one at a time is tried until one succeeds.
 */
export const slowTimerJob = (service: string, timer: SlowTimer, observe?: Observe): Job => {
  const busy = new Set<Work>()
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
      const first = due.find(({ entityId }) => !known.has(entityId))
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
    const context = ctx.forTenant(tenant)
    const late = setTimeout(() => end.abort(new Error(`it took longer than ${mostMs} ms`)), mostMs)
    const ended = new Promise<never>((_, reject) => {
      end.signal.addEventListener('abort', () => reject(end.signal.reason))
    })
    const working = timer.work(context, entityId, end.signal)
    const finish = await Promise.race([working, ended]).finally(() => clearTimeout(late))
    const claimed = await context.transaction(async (tx) => {
      const found = await claim(tx, timer, [entityId])
      if (found.length) await finish?.(tx)
      return found
    })
    observeLate(ctx, timer, claimed, observe)
  }

  return {
    name: `${service}-timers-${timer.name}`,
    everyMs,
    run: async (ctx) => {
      for (const { tenant, due } of await next(ctx)) begin(ctx, tenant, due)
      const working = busy.size
      if (working) {
        await Promise.race([...[...busy].map(({ done }) => done), pause(everyMs, undefined, { ref: false })])
      }
      return working
    },
    ended: async () => {
      for (const { end } of busy) end.abort(new Error('the service stops'))
      await Promise.all([...busy].map(({ done }) => done))
    },
  }
}
