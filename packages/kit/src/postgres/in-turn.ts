import type { Transaction } from '../service/context.js'

/**
 * Those of a tenant who do one thing at once follow one another from here to the end of their transactions: whoever counts what there is before they add
 * to it, or makes what is not there yet and so cannot be locked, takes a turn first.
 */
export const inTurn = async (tx: Pick<Transaction, 'em'>, what: string): Promise<void> => {
  await tx.em.execute(`select pg_advisory_xact_lock(hashtextextended(? || ' ' || current_tenant(), 0))`, [what])
}
