import { type EntityName, LockMode } from '@mikro-orm/postgresql'
import { Conflict, Forbidden, NotFound } from '../errors/errors.js'
import { noteOutOfScope } from '../policy/out-of-scope.js'
import { allow, type Rule } from '../policy/policy.js'
import { within, withinWhere } from '../policy/within.js'
import type { Transaction } from '../service/context.js'
import { isId } from '../service/loaders.js'
import type { EntityRecord } from './record.js'

/**
 * Loads an entity for change: its row is locked, so that concurrent changes follow one another.
 * Throws NOT_FOUND for one that the actor cannot read, FORBIDDEN for one that they may read but not change.
 */
export const locked = async <T extends EntityRecord>(
  tx: Transaction,
  entity: EntityName<T>,
  id: string,
  rule: Rule,
): Promise<T> => {
  allow(tx.actor, rule)
  if (!isId(id)) throw new NotFound('There is no such entity.')
  const found = await tx.em.findOne(entity, { id } as never, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!found) {
    await noteOutOfScope(tx.em, tx, { ...rule, action: 'read' }, entity as never, [id])
    throw new NotFound('There is no such entity.')
  }
  const limited = within(tx.actor, rule, '') !== undefined
  if (limited && !(await tx.em.count(entity, { $and: [{ id }, withinWhere(tx.actor, rule)] } as never)))
    throw new Forbidden('Your role permits this for what is your own or in your territory only.', {
      reason: 'access_scope',
    })
  return found as T
}

/** Throws CONFLICT `version.stale` when the caller has seen another version than the current one; null or undefined expects nothing. */
export const expectVersion = (entity: EntityRecord, expected: number | null | undefined) => {
  if (expected == null || expected === entity.version) return
  throw new Conflict(`It is at version ${entity.version} now; read it again.`, {
    reason: 'version.stale',
    fields: [
      { path: 'input.expectedVersion', reason: 'version.stale', message: `the current version is ${entity.version}` },
    ],
  })
}
