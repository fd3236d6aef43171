import type { Transaction } from '@clientele/kit'
import { type Moments, momentsOf, nextAfter } from '../rules/moments.js'
import type { SegmentRule } from '../rules/rule.js'

/**
 * Notes the next moment at which time alone may move one of these customers (an array literal), or any, if it comes before the one that is
 * known. `now` is the time at which they were evaluated: a moment that comes meanwhile is the next one. The caller holds a lock of
 * evaluation, so that the moment is noted against the time until which all have been moved.
 */
export const noteNextMoment = async (tx: Transaction, now: Date, rules: readonly SegmentRule[], customers?: string) => {
  const moments = momentsOf(rules)
  if (!moments.size) return
  const { sql, params } = nextAfter(moments, now, customers)
  // Where it is not earlier, the row is not even locked: changes of many customers need not wait for each other here.
  await tx.em.execute(
    `insert into segment_clock as clock (moved_to, due_at)
     select ?::timestamptz, next.at from (${sql}) next
     where not exists (select from segment_clock known where known.due_at <= next.at or (next.at is null and known.moved_to is not null))
     on conflict (tenant) do update set due_at = excluded.due_at
     where clock.due_at is null or clock.due_at > excluded.due_at`,
    [now.toISOString(), ...params],
  )
}

/** Notes until when all customers have been moved, and the next moment. */
export const setClock = async (tx: Transaction, now: Date, moments: Moments | null) => {
  const next = moments ? nextAfter(moments, now) : { sql: 'select null::timestamptz as at', params: [] }
  await tx.em.execute(`update segment_clock set moved_to = ?, due_at = next.at from (${next.sql}) next`, [
    now.toISOString(),
    ...next.params,
  ])
}
