import { type EntityName, LockMode } from '@mikro-orm/postgresql'
import { Conflict } from '../errors/errors.js'
import { unknownEntity } from '../errors/unknown-entity.js'
import { isId } from '../input/id.js'
import { allow, outOfScope } from '../policy/allow.js'
import { noteOutOfScope } from '../policy/out-of-scope.js'
import { hasTenantScope, type Rule, wordOf } from '../policy/policy.js'
import { withinWhere } from '../policy/within.js'
import type { Transaction } from '../service/context.js'
import type { EntityRecord } from './record.js'

/**
 * Loads an entity for change: its row is locked, so that concurrent changes follow one another.
 * Throws NOT_FOUND `<concept>.unknown` for one that the actor cannot read, FORBIDDEN for one that they may read but not change.
 */
export const locked = async <T extends Pick<EntityRecord, 'id'>>(
  tx: Transaction,
  entity: EntityName<T>,
  id: string,
  rule: Rule,
): Promise<T> => {
  allow(tx.actor, rule)
  if (!isId(id)) throw unknownEntity(wordOf(rule))
  const found = await tx.em.findOne(entity, { id } as never, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!found) {
    await noteOutOfScope(tx.em, tx, { ...rule, action: 'read' }, entity as never, [id])
    throw unknownEntity(wordOf(rule))
  }
  const isOwn = () => tx.em.count(entity, { $and: [{ id }, withinWhere(tx.actor, rule)] } as never)
  if (!hasTenantScope(tx.actor, rule) && !(await isOwn())) throw outOfScope(rule)
  return found as T
}

/** Throws CONFLICT `version.stale` when the caller has seen another version than the current one; null or undefined expects nothing. */
export const expectVersion = (entity: Pick<EntityRecord, 'version'>, expected: number | null | undefined) => {
  if (expected == null || expected === entity.version) return
  const reason = 'version.stale'
  const { version } = entity
  const message = `the current version is ${version}`
  throw new Conflict(`It is at version ${version} now; read it again.`, {
    reason,
    params: { version },
    fields: [{ path: 'input.expectedVersion', reason, message, params: { version } }],
  })
}

/** Counts as a change of the entity, also within the millisecond of its last one: what changed is not in its own row. */
export const touch = (tx: Transaction, record: EntityRecord) => {
  record.updatedAt = new Date(Math.max(tx.now().getTime(), record.updatedAt.getTime() + 1))
}

/** Removes an entity as its last version, which is the sequence of the event that tells of it. */
export const removeRecord = async <T extends EntityRecord>(tx: Transaction, entity: EntityName<T>, record: T) => {
  touch(tx, record)
  await tx.em.flush()
  // Whoever loaded it was asked already; a DELETE has no alias that the filter of an access scope could name.
  await tx.em.nativeDelete(entity, { id: record.id } as never, { filters: false })
}
