import { presentRights, type Rights } from '@clientele/contracts'
import { type Actor, accessScopeOf, Forbidden, isWithin, type Transaction } from '@clientele/kit'
import type { Automation } from '../automations/automation.entity.js'
import { staff } from '../staff/staff.actions.js'
import { automationRunPolicy } from './automation-run.policy.js'

/**
 * Throws FORBIDDEN `automation.author_beyond` where an automation has things done about customers who are beyond the access scope of whoever acts: it
 * does what its author may. Of an author who has left it is what they might when they saved.
 */
export const requireScopeOfAuthor = async (
  tx: Transaction,
  { authorId, authorRights }: Pick<Automation, 'authorId' | 'authorRights'>,
): Promise<void> => {
  const { actor } = tx
  if (authorId === actor.subject) return
  // Stopping does not wait for profiles.
  const [member] = await staff.known(tx, [authorId], 'sub')
  if (covers(actor, presentRights(member, authorRights) ?? authorRights)) return
  throw new Forbidden('Its author may have things done beyond your access scope; they or an admin can do this.', {
    reason: 'automation.author_beyond',
  })
}

const covers = (actor: Actor, { roles, territories }: Rights): boolean => {
  const { fire } = automationRunPolicy
  const [mine, theirs] = [accessScopeOf(actor, fire), accessScopeOf({ ...actor, roles, territories }, fire)]
  if (mine === 'TENANT' || theirs === undefined) return true
  return (
    theirs === 'TERRITORY' &&
    mine === theirs &&
    territories.every((path) => isWithin(actor, 'TERRITORY', { territory: path }))
  )
}
