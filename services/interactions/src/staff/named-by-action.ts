import type { AutomationAssignee } from '@clientele/contracts'
import { Conflict, type Transaction } from '@clientele/kit'
import { membersOf } from './recipients.js'

/** Whom an action of an automation is for now: for the owner whoever looks after the customer, and where nobody does, the author. */
export const namedByAction = (
  { actor }: Transaction,
  { teamKey, assigneeId }: AutomationAssignee,
  ownerId: string | null | undefined,
) => (teamKey === undefined ? { assigneeId: assigneeId ?? ownerId ?? actor.onBehalfOf?.subject } : { teamKey })

/** Throws CONFLICT `team.nobody` where an action is for a team in which nobody works: nobody would learn of it. */
export const refuseEmptyTeam = async (tx: Transaction, teamKey: string | null) => {
  if (teamKey === null || (await membersOf(tx, [teamKey], tx.now())).get(teamKey)?.length) return
  throw new Conflict('Nobody of this team works here.', { reason: 'team.nobody' })
}
