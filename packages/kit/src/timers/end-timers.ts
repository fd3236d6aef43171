import { isAway } from '../errors/isolate-failures.js'
import { backOffMs } from '../jobs/back-off.js'
import type { JobContext } from '../jobs/job.js'
import type { ServiceMetrics } from '../metrics/service-metrics.js'
import { idsParameter } from '../postgres/statements/array-parameter.js'
import type { Transaction } from '../service/context.js'
import type { FoundTimer } from './due-timers.js'
import type { DueTimer, Timer } from './timer.js'

type Named = Pick<Timer, 'name'>
export type Observe = ServiceMetrics['timers'] | undefined

/** What was away may be back soon: nothing waits longer for that. */
const longestAwayMs = 60_000

/** Ends those that are due still: one may have been moved or taken back since it was found. */
export const claim = async (tx: Transaction, { name }: Named, entityIds: readonly string[]): Promise<DueTimer[]> => {
  const rows = await tx.em.execute<{ entity_id: string; due_ms: number }[]>(
    `delete from timer where name = ? and entity_id = any(?::uuid[]) and due_at <= ?
     returning entity_id, (extract(epoch from due_at) * 1000)::float8 as due_ms`,
    [name, idsParameter(entityIds), tx.now().toISOString()],
  )
  return rows.map(({ entity_id, due_ms }) => ({ entityId: entity_id, dueAt: new Date(due_ms) }))
}

/** Tells how late those were that went off. */
export const observeLate = (ctx: JobContext, { name }: Named, claimed: readonly DueTimer[], observe: Observe) => {
  const now = ctx.now().getTime()
  observe?.(
    name,
    claimed.map(({ dueAt }) => Math.max(0, now - dueAt.getTime()) / 1_000),
  )
}

/** Tells the log what has failed, and leaves it until its back-off is over. */
export const postpone = async (
  { system, now, log }: JobContext,
  tenant: string,
  { name }: Named,
  failed: ReadonlyMap<FoundTimer, unknown>,
) => {
  if (!failed.size) return
  for (const [{ entityId }, err] of failed) {
    log.warn({ timer: name, tenant, entityId, err }, 'a timer has failed and will be tried again')
  }
  const at = now()
  const rows = [...failed].map(([{ entityId, failures: before }, error]) => {
    const failures = before + 1
    const waitMs = Math.min(backOffMs(failures), isAway(error) ? longestAwayMs : Number.POSITIVE_INFINITY)
    return { entityId, failures, nextAt: new Date(at.getTime() + waitMs) }
  })
  await system.query(
    `update timer set failures = row.failures, next_at = row."nextAt"
     from jsonb_to_recordset($3::jsonb) as row ("entityId" uuid, failures int, "nextAt" timestamptz)
     where tenant = $1 and name = $2 and entity_id = row."entityId" and next_at <= $4`,
    [tenant, name, JSON.stringify(rows), at],
  )
}
