import { UniqueConstraintViolationException } from '@mikro-orm/core'
import { Conflict } from '../errors/errors.js'

const attempts = 3

/**
 * Runs a transaction that looks before it inserts again when somebody else inserted the same in between: the next look sees it.
 * Throws CONFLICT `write.conflict` when it never comes to rest.
 */
export const retryOnConflict = async <T>(transaction: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      return await transaction()
    } catch (error) {
      if (!(error instanceof UniqueConstraintViolationException)) throw error
    }
  }
  throw new Conflict('Others write the same records at the same time; try again.', { reason: 'write.conflict' })
}
