import { setTimeout as pause } from 'node:timers/promises'
import { isAway, isolateFailures } from '../errors/isolate-failures.js'
import type { Job, JobContext } from '../jobs/job.js'
import { dueTenants, dueTimers, type FoundTimer, mostOfTenant } from './due-timers.js'
import { claim, type Observe, observeLate, postpone } from './end-timers.js'
import type { Timer } from './timer.js'

/** How late a timer is at most, beside the time that its work takes. */
const everyMs = 500
const tenantsAtOnce = 4

/**
 * Does what is due. Tenants have their turns beside each other, at most four at a time: what takes long for one of them goes on while
 * rounds of the others follow. Who had their turn longest ago comes first.
 */
export const timersJob = (service: string, timers: readonly Timer[], observe?: Observe): Job => {
  const byName = new Map(timers.map((timer) => [timer.name, timer]))
  const busy = new Map<string, Promise<void>>()
  const lastTurns = new Map<string, number>()
  let turns = 0

  const begin = (ctx: JobContext, tenant: string) => {
    lastTurns.set(tenant, ++turns)
    const work = goOff(ctx, tenant, byName, observe)
      .catch((err: unknown) => {
        ctx.log.warn({ tenant, err }, 'timers will be tried again')
        return pause(everyMs, undefined, { signal: ctx.signal, ref: false }).catch(() => {})
      })
      .finally(() => busy.delete(tenant))
    busy.set(tenant, work)
  }

  return {
    name: `${service}-timers`,
    everyMs,
    run: async (ctx) => {
      const free = ctx.signal.aborted ? 0 : tenantsAtOnce - busy.size
      const due = free > 0 ? await dueTenants(ctx.system, ctx.now(), [...byName.keys()], [...busy.keys()]) : []
      const inTurn = due.sort((a, b) => (lastTurns.get(a) ?? 0) - (lastTurns.get(b) ?? 0)).slice(0, free)
      for (const tenant of inTurn) begin(ctx, tenant)
      const working = busy.size
      if (working) await Promise.race([...busy.values(), pause(everyMs, undefined, { ref: false })])
      return working
    },
    ended: async () => void (await Promise.all(busy.values())),
  }
}

/** Does what is due of one tenant. Where one timer cannot be done now, the others are. */
const goOff = async (ctx: JobContext, tenant: string, byName: ReadonlyMap<string, Timer>, observe: Observe) => {
  const due = await dueTimers(ctx.system, ctx.now(), [...byName.keys()], tenant)
  const outcomes = new Map<string, unknown>()
  for (const [name, some] of Map.groupBy(due, ({ name }) => name)) {
    await goOffTogether(ctx, tenant, byName.get(name) as Timer, some, observe).catch((error) =>
      outcomes.set(name, error),
    )
  }
  for (const error of outcomes.values()) throw error
}

/** So many that fail one after another because something is away: it is, and no entity is at fault. */
const mostAwayInRow = 3

const goOffTogether = async (
  ctx: JobContext,
  tenant: string,
  timer: Timer,
  due: readonly FoundTimer[],
  observe: Observe,
) => {
  const context = ctx.forTenant(tenant)
  const failed = new Map<FoundTimer, unknown>()
  let handling = false
  let awayInRow = 0
  const work = async (some: readonly FoundTimer[]) => {
    const entityIds = some.map(({ entityId }) => entityId)
    handling = false
    const claimed = await context.transaction(async (tx) => {
      const found = await claim(tx, timer, entityIds)
      handling = true
      if (found.length) await timer.handle(tx, found)
      handling = false
      return found
    })
    awayInRow = 0
    observeLate(ctx, timer, claimed, observe)
  }
  /** Where the database or the lease is away, the others need not be tried; what a handler misses may be missing for one of its entities only. */
  const mayBeItem = (error: unknown) => !isAway(error) || (handling && awayInRow < mostAwayInRow)
  const attempt = (some: readonly FoundTimer[]) =>
    work(some).catch((error: unknown) => {
      const [one] = some
      if (one && some.length === 1 && mayBeItem(error)) {
        failed.set(one, error)
        if (isAway(error)) awayInRow++
      }
      throw error
    })
  try {
    await isolateFailures(due, attempt, { mayBeItem, mostFailures: mostOfTenant })
  } finally {
    // Also where the rest was given up: what is tried first the next time are others.
    await postpone(ctx, tenant, timer, failed)
  }
}
