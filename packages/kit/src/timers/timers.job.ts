import { setTimeout as pause } from 'node:timers/promises'
import { isolateFailures } from '../errors/isolate-failures.js'
import { backOffMs } from '../jobs/back-off.js'
import type { Job, JobContext } from '../jobs/job.js'
import type { ServiceMetrics } from '../metrics/service-metrics.js'
import { idsParameter } from '../postgres/statements/array-parameter.js'
import type { Transaction } from '../service/context.js'
import { dueTenants, dueTimers, type FoundTimer, mostOfTenant } from './due-timers.js'
import type { DueTimer, Timer } from './timer.js'

type Observe = ServiceMetrics['timers'] | undefined

/** How late a timer is at most, beside the time that its work takes. */
const everyMs = 500
const tenantsAtOnce = 4

/**
 * Does what is due. Tenants have their turns beside each other, at most four at a time: what takes long for one of them goes on while
 * rounds of the others follow. Who had their turn longest ago comes first.
 */
export const timersJob = (service: string, timers: readonly Timer[], observe?: ServiceMetrics['timers']): Job => {
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

const goOffTogether = async (
  ctx: JobContext,
  tenant: string,
  timer: Timer,
  due: readonly FoundTimer[],
  observe: Observe,
) => {
  const context = ctx.forTenant(tenant)
  const failed = await isolateFailures(
    due,
    async (some) => {
      const claimed = await context.transaction(async (tx) => {
        const found = await claim(
          tx,
          timer,
          some.map(({ entityId }) => entityId),
        )
        if (found.length) await timer.handle(tx, found)
        return found
      })
      const now = ctx.now().getTime()
      observe?.(
        timer.name,
        claimed.map(({ dueAt }) => Math.max(0, now - dueAt.getTime()) / 1_000),
      )
    },
    { mostFailures: mostOfTenant },
  )
  for (const [{ entityId }, err] of failed) {
    ctx.log.warn({ timer: timer.name, tenant, entityId, err }, 'a timer has failed and will be tried again')
  }
  if (failed.size) await postpone(ctx, tenant, timer, [...failed.keys()])
}

/** Ends those that are due still: one may have been moved or taken back since it was found. */
const claim = async (tx: Transaction, { name }: Timer, entityIds: readonly string[]): Promise<DueTimer[]> => {
  const rows = await tx.em.execute<{ entity_id: string; due_ms: number }[]>(
    `delete from timer where name = ? and entity_id = any(?::uuid[]) and due_at <= ?
     returning entity_id, (extract(epoch from due_at) * 1000)::float8 as due_ms`,
    [name, idsParameter(entityIds), tx.now().toISOString()],
  )
  return rows.map(({ entity_id, due_ms }) => ({ entityId: entity_id, dueAt: new Date(due_ms) }))
}

const postpone = async (
  { system, now }: JobContext,
  tenant: string,
  { name }: Timer,
  failed: readonly FoundTimer[],
) => {
  const at = now()
  const rows = failed.map(({ entityId, failures: before }) => {
    const failures = before + 1
    return { entityId, failures, nextAt: new Date(at.getTime() + backOffMs(failures)) }
  })
  await system.query(
    `update timer set failures = row.failures, next_at = row."nextAt"
     from jsonb_to_recordset($3::jsonb) as row ("entityId" uuid, failures int, "nextAt" timestamptz)
     where tenant = $1 and name = $2 and entity_id = row."entityId" and next_at <= $4`,
    [tenant, name, JSON.stringify(rows), at],
  )
}
