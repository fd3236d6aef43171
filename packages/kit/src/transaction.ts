import type { EntityManager } from '@mikro-orm/postgresql'
import { DeadlockException } from '@mikro-orm/postgresql'
import { doneIn } from './audit-changes.js'
import { writeEntries } from './audit-entry.js'
import type { Transaction } from './context.js'
import type { RequestOrigin } from './executor.js'
import { claimKey, type Idempotency, settleKey } from './idempotency.js'
import type { Keyring } from './keyring.js'
import { isId } from './loaders.js'
import { type EventOrigin, type PendingEvent, writeOutbox } from './outbox.js'
import { allow } from './policy.js'
import type { EntityRecord } from './record.js'

export interface TransactionScope extends Omit<Transaction, 'allow' | 'emit' | 'em' | 'keys'> {
  fork(): EntityManager
  keyring: Keyring
  origin: RequestOrigin & Omit<EventOrigin, 'tenant' | 'now'>
  causationId?: string
  /** Called after a commit that wrote events. */
  wake(): void
}

const deadlockRetries = 2

/** Runs `work` in one database transaction and writes its events before the commit. A deadlock is tried again from the start. */
export const runTransaction = async <T>(
  scope: TransactionScope,
  work: (tx: Transaction) => Promise<T>,
  idempotency?: Idempotency,
): Promise<T> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await attemptTransaction(scope, work, idempotency)
    } catch (error) {
      if (!(error instanceof DeadlockException) || attempt === deadlockRetries) throw error
    }
  }
}

const attemptTransaction = async <T>(
  scope: TransactionScope,
  work: (tx: Transaction) => Promise<T>,
  idempotency?: Idempotency,
): Promise<T> => {
  const pending: PendingEvent[] = []
  const result = await scope.fork().transactional(async (em) => {
    const tx = transactionOn(em, scope, pending)
    const made = idempotency?.key != null ? await once(tx, work, idempotency) : await work(tx)
    await em.flush()
    await writeWhatHappened(em, scope, pending)
    return made
  })
  if (pending.length) scope.wake()
  return result
}

/** The events and the audit entries of a transaction, sent together. */
const writeWhatHappened = async (em: EntityManager, scope: TransactionScope, pending: readonly PendingEvent[]) => {
  const { actor, origin, causationId } = scope
  const at = scope.now()
  const written = await Promise.allSettled([
    writeOutbox(em, pending, { ...origin, tenant: actor.tenant, now: at }),
    writeEntries(em, { ...origin, actor, at, causationId }, doneIn(em, pending)),
  ])
  for (const each of written) if (each.status === 'rejected') throw each.reason
}

export const transactionOn = (em: EntityManager, scope: TransactionScope, pending: PendingEvent[]): Transaction => ({
  em,
  actor: scope.actor,
  log: scope.log,
  now: scope.now,
  ask: scope.ask,
  settings: scope.settings,
  keys: scope.keyring.of(scope.actor.tenant, em),
  trail: scope.trail,
  allow: (rule, of) => allow(scope.actor, rule, of),
  emit: (type, entity, data) => {
    if (pending.some((event) => event.entity.id === entity.id)) {
      throw new Error(`${type.type}: a transaction emits one event per entity, and ${entity.id} has one already`)
    }
    pending.push({
      type: type as PendingEvent['type'],
      entity,
      data: data as Record<string, unknown>,
      ...(scope.causationId && { causationId: scope.causationId }),
    })
  },
})

const once = async <T>(tx: Transaction, work: (tx: Transaction) => Promise<T>, use: Idempotency): Promise<T> => {
  const claim = await claimKey(tx.em, tx.actor.subject, use)
  if (claim.replay) {
    const reach = use.withoutRole ? { filters: false } : {}
    return tx.em.findOneOrFail(claim.entity as never, { id: claim.id } as never, reach as never) as Promise<T>
  }
  const made = await work(tx)
  await tx.em.flush()
  const record = made as (T & EntityRecord) | null | undefined
  if (!isId(record?.id))
    throw new Error(`${use.operation}: work under an idempotency key returns the entity that it made`)
  await settleKey(tx.em, tx.actor.subject, use.key as string, record.constructor.name, record.id)
  return made
}
