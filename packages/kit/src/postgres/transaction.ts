import type { EntityManager, EntityName } from '@mikro-orm/postgresql'
import { DeadlockException } from '@mikro-orm/postgresql'
import { v7 as uuidv7 } from 'uuid'
import { doneIn } from '../audit/audit-changes.js'
import { writeEntries } from '../audit/audit-entry.js'
import type { Occurrence } from '../audit/audit-trail.js'
import type { DataSubjectOf } from '../audit/data-subject.js'
import type { Keyring } from '../encryption/keyring.js'
import { unknownEntity } from '../errors/unknown-entity.js'
import { type EventOrigin, type PendingEvent, writeOutbox } from '../events/outbox.js'
import type { RequestOrigin } from '../graphql/executor.js'
import { isId } from '../input/id.js'
import { allow } from '../policy/allow.js'
import type { Transaction } from '../service/context.js'
import { tracePart } from '../tracing/spans.js'
import { claimKey, type Idempotency, settleKey } from './idempotency.js'
import type { Fence } from './leases.js'
import type { EntityRecord } from './record.js'
import type { TimeLimit } from './time-limit.js'

export interface TransactionScope extends Omit<Transaction, 'allow' | 'emit' | 'em' | 'keys' | 'onBehalfOf'> {
  fork(): EntityManager
  keyring: Keyring
  dataSubjectOf: DataSubjectOf
  origin: RequestOrigin & Omit<EventOrigin, 'tenant' | 'now'>
  causationId?: string
  /** What the request has shown and was refused so far: it enters the audit log with the commit, or the commit fails. */
  occurrences(): readonly Occurrence[]
  /** Told what has. */
  written(occurrences: readonly Occurrence[]): void
  /** Of work that only one process does: asked before anything else. */
  fence?: Fence | undefined
  /** How long it may go on. */
  limit?: TimeLimit | undefined
  /** Called after a commit that wrote events. */
  wake(): void
}

/** Of a transaction that is undone after its last check, that of its events included. */
export interface DryRun {
  dryRun: true
}

/** Carries the result of a dry run out of the transaction that it rolls back. */
class Undone extends Error {
  constructor(readonly made: unknown) {
    super('dry run')
  }
}

const deadlockRetries = 2

/** Runs `work` in one database transaction and writes its events before the commit. A deadlock is tried again from the start. */
export const runTransaction = <T>(
  scope: TransactionScope,
  work: (tx: Transaction) => Promise<T>,
  how?: Idempotency | DryRun,
): Promise<T> => tracePart({ name: 'transaction' }, () => tryTransaction(scope, work, how))

const tryTransaction = async <T>(
  scope: TransactionScope,
  work: (tx: Transaction) => Promise<T>,
  how?: Idempotency | DryRun,
): Promise<T> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await attemptTransaction(scope, work, how)
    } catch (error) {
      if (error instanceof Undone) return error.made as T
      if (!(error instanceof DeadlockException) || attempt === deadlockRetries) throw error
    }
  }
}

const attemptTransaction = async <T>(
  scope: TransactionScope,
  work: (tx: Transaction) => Promise<T>,
  how?: Idempotency | DryRun,
): Promise<T> => {
  const isDryRun = how && 'dryRun' in how
  const idempotency = isDryRun ? undefined : how
  const pending: PendingEvent[] = []
  let noted: readonly Occurrence[] = []
  const result = await scope.fork().transactional(async (em) => {
    scope.limit?.begin()
    await scope.fence?.(em)
    const tx = transactionOn(em, scope, pending)
    const made = idempotency?.key != null ? await once(tx, work, idempotency, scope.keyring) : await work(tx)
    await em.flush()
    noted = scope.occurrences()
    await writeWhatHappened(em, scope, pending, noted)
    if (isDryRun) throw new Undone(made)
    return made
  })
  scope.written(noted)
  if (pending.length) scope.wake()
  return result
}

/** The events and the audit entries of a transaction, sent together. */
const writeWhatHappened = async (
  em: EntityManager,
  scope: TransactionScope,
  pending: readonly PendingEvent[],
  noted: readonly Occurrence[],
) => {
  const { actor, origin, causationId } = scope
  const at = scope.now()
  const written = await Promise.allSettled([
    writeOutbox(em, pending, { ...origin, tenant: actor.tenant, now: at }),
    writeEntries(em, { ...origin, actor, at, causationId }, [...doneIn(em, pending, scope.dataSubjectOf), ...noted]),
  ])
  for (const each of written) if (each.status === 'rejected') throw each.reason
}

export const transactionOn = (em: EntityManager, scope: TransactionScope, pending: PendingEvent[]): Transaction => ({
  em,
  actor: scope.actor,
  log: scope.log,
  now: scope.now,
  ask: scope.ask,
  account: scope.account,
  link: scope.link,
  settings: scope.settings,
  keys: scope.keyring.of(scope.actor.tenant, em),
  trail: scope.trail,
  allow: (rule, of) => allow(scope.actor, rule, of),
  emit: (type, entity, data) => {
    if (pending.some((event) => event.entity.id === entity.id)) {
      throw new Error(`${type.type}: a transaction emits one event per entity, and ${entity.id} has one already`)
    }
    const eventId = uuidv7()
    pending.push({
      eventId,
      type: type as PendingEvent['type'],
      entity,
      data: data as Record<string, unknown>,
      ...(scope.causationId && { causationId: scope.causationId }),
      ...(scope.actor.onBehalfOf && { onBehalfOf: scope.actor.onBehalfOf }),
    })
    return eventId
  },
  onBehalfOf: (onBehalfOf, { roles, territories }, cause) =>
    transactionOn(
      em,
      {
        ...scope,
        actor: { ...scope.actor, roles, territories, onBehalfOf },
        trail: { ...scope.trail, denied: (refused) => scope.trail.denied({ ...refused, onBehalfOf }) },
        ...(cause && { causationId: cause }),
      },
      pending,
    ),
})

const once = async <T>(
  tx: Transaction,
  work: (tx: Transaction) => Promise<T>,
  use: Idempotency,
  keyring: Keyring,
): Promise<T> => {
  const secret = await keyring.secret(tx.actor.tenant, 'idempotency')
  const claim = await claimKey(tx.em, tx.actor.subject, use, secret)
  if (claim.replay) return replayed<T>(tx, claim, use)
  const made = await work(tx)
  await tx.em.flush()
  const record = made as (T & EntityRecord) | null | undefined
  if (!isId(record?.id))
    throw new Error(`${use.operation}: work under an idempotency key returns the entity that it made`)
  await settleKey(tx.em, tx.actor.subject, use.key as string, record.constructor.name, record.id)
  return made
}

/** What a repetition answers with. The audit log learns of an entity that has left the actor's access scope since. */
const replayed = async <T>(tx: Transaction, { entity, id }: { entity: string; id: string }, use: Idempotency) => {
  const [type, where] = [entity as unknown as EntityName<{ id: string }>, { id }]
  const found = await tx.em.findOne(type, where, use.withoutRole ? { filters: false } : {})
  if (found) return found as T
  const isOutOfScope = (await tx.em.count(type, where, { filters: false })) > 0
  if (isOutOfScope) tx.trail.denied({ action: 'read', type: entity, id, reason: 'access_scope' })
  throw unknownEntity(entity)
}
