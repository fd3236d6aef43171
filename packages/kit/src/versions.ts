import { type EntityName, LockMode } from '@mikro-orm/postgresql'
import type { Transaction } from './context.js'
import { Conflict, NotFound } from './errors.js'
import { isId } from './loaders.js'
import type { EntityRecord } from './record.js'

/** Loads an entity for change: its row is locked, so that concurrent changes follow one another. Throws NOT_FOUND. */
export const locked = async <T extends EntityRecord>(
  tx: Transaction,
  entity: EntityName<T>,
  id: string,
): Promise<T> => {
  if (!isId(id)) throw new NotFound('There is no such entity.')
  return (await tx.em.findOneOrFail(entity, { id } as never, { lockMode: LockMode.PESSIMISTIC_WRITE })) as T
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
