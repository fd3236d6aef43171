import { ownSubject, type Transaction } from '@clientele/kit'
import { staff } from '../staff/staff.actions.js'
import { type Notice, notify } from './notification.actions.js'

/**
 * Tells somebody that others ended, or handed over, what was theirs: they themselves, also while they are away, since whoever stands in for them has
 * nothing to do about it. Nobody is told what they did themselves, or after they have left.
 */
export const tellFormer = async (tx: Transaction, subject: string | null | undefined, notice: Notice) => {
  if (subject == null || subject === ownSubject(tx.actor)) return
  const [member] = await staff.known(tx, [subject], 'sub')
  if (member?.active !== false) notify(tx, [{ subject, standsInFor: null }], notice)
}
