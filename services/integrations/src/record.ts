import type { EntityRecord, Transaction } from '@clientele/kit'
import type { EntityName } from '@mikro-orm/core'

/** Counts as a change of the entity, also within the millisecond of its last one: what changed is not in its own row. */
export const touch = (tx: Transaction, record: EntityRecord) => {
  record.updatedAt = new Date(Math.max(tx.now().getTime(), record.updatedAt.getTime() + 1))
}

/** Removes an entity as its last version, which is the sequence of the event that tells of it. */
export const remove = async <T extends EntityRecord>(tx: Transaction, entity: EntityName<T>, record: T) => {
  touch(tx, record)
  await tx.em.flush()
  await tx.em.nativeDelete(entity, { id: record.id } as never)
}
