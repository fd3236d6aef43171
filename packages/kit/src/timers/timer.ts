import { idsParameter } from '../postgres/statements/array-parameter.js'
import type { Context, Transaction } from '../service/context.js'

/** A timer whose moment has come. */
export interface DueTimer {
  /** The entity that it was set for. */
  entityId: string
  /** When it was to go off: now, or earlier where nobody was there to do it, or where it has failed before. */
  dueAt: Date
}

/**
 * What is done about entities at a moment, once: `handle` gets those of one tenant that are due, at most 200, and its effects and the end of
 * these timers share a commit. One that fails stops no other; it is tried again when its back-off (`backOffMs`) is
 * over. Declare it in `defineService`; it is named after what it does, such as `remindOfTask`.
 */
export interface Timer {
  name: string
  handle(tx: Transaction, due: readonly DueTimer[]): Promise<void>
}

export const timer = (name: string, handle: Timer['handle']): Timer => ({ name, handle })

/** What is done in the transaction in which a slow timer ends; nothing unless given. */
export type Finish = (tx: Transaction) => Promise<void>

/**
 * A timer whose work takes long, such as that which asks somebody else: `work` does it about one entity, outside of any transaction, so
 * that it holds no row and keeps no other timer waiting. It may be done again where it was not finished, and it ends with `signal`, after two
 * minutes at most unless another limit is given. What goes on regardless writes nothing any more, and is not tried beside itself.
 */
export interface SlowTimer {
  name: string
  work(ctx: Context, entityId: string, signal: AbortSignal): Promise<Finish | undefined>
  mostMs: number
}

export const slowTimer = (name: string, work: SlowTimer['work'], { mostMs = 120_000 } = {}): SlowTimer => ({
  name,
  work,
  mostMs,
})

export const isSlow = (timer: Timer | SlowTimer): timer is SlowTimer => 'work' in timer

/** Sets the timer for each entity, with the commit. Where it is set already it moves to the new moment; a moment in the past is due at once. */
export const setTimers = async (
  tx: Transaction,
  { name }: Pick<Timer, 'name'>,
  moments: readonly { entityId: string; at: Date }[],
): Promise<void> => {
  if (!moments.length) return
  // Rows in one order: two that set the same timers do not wait for each other in a circle.
  await tx.em.execute(
    `insert into timer (name, entity_id, due_at, next_at)
     select distinct on ("entityId") ?, "entityId", at, at
     from jsonb_to_recordset(?::jsonb) as row ("entityId" uuid, at timestamptz) order by "entityId", at
     on conflict (tenant, name, entity_id) do update set due_at = excluded.due_at, next_at = excluded.next_at, failures = 0`,
    [name, JSON.stringify(moments)],
  )
}

/** Takes the timer back for these entities, with the commit; those that have none stay without. */
export const clearTimers = async (
  tx: Transaction,
  { name }: Pick<Timer, 'name'>,
  entityIds: readonly string[],
): Promise<void> => {
  if (!entityIds.length) return
  await tx.em.execute(`delete from timer where name = ? and entity_id = any(?::uuid[])`, [
    name,
    idsParameter(entityIds),
  ])
}
