import { presentRights } from '@clientele/contracts'
import type { Transaction } from '@clientele/kit'
import type { Automation } from '../automations/automation.entity.js'
import { staff } from '../staff/staff.actions.js'
import { automationRunPolicy } from './automation-run.policy.js'

/** What an author must be allowed, of each customer about whom something is done. */
export const fireRule = automationRunPolicy.fire

/** What the author may do at present; undefined where they have left. */
export const authorOf = async (tx: Transaction, { authorId, authorRights }: Automation) =>
  presentRights((await staff.find(tx, [authorId])).get(authorId), authorRights)

/** On behalf of whom an automation acts. */
export const behalfOf = ({ id, authorId }: Automation) => ({ subject: authorId, kind: 'automation' as const, id })
