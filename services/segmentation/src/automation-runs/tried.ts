import type { Transaction } from '@clientele/kit'
import type { Automation } from '../automations/automation.entity.js'

/** What conditions find; undefined where they cannot be evaluated, with the transaction as it was. */
export const tried = async <T>(
  tx: Transaction,
  { id }: Pick<Automation, 'id'>,
  find: () => Promise<T>,
): Promise<T | undefined> => {
  await tx.em.execute('savepoint automation')
  try {
    const found = await find()
    await tx.em.execute('release savepoint automation')
    return found
  } catch (err) {
    await tx.em.execute('rollback to savepoint automation')
    tx.log.warn({ tenant: tx.actor.tenant, automation: id, err }, 'the conditions of an automation cannot be evaluated')
    return undefined
  }
}
