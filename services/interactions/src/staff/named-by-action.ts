import type { AutomationAssignee } from '@clientele/contracts'
import { Conflict, type Transaction } from '@clientele/kit'
import { handlersOf, membersOf } from './recipients.js'
import { staff } from './staff.actions.js'

/**
 * Whom an action of an automation is for now: for the owner whoever looks after the customer, or stands in for them where they have left; where
 * nobody does, the author.
 */
export const namedByAction = async (
  tx: Transaction,
  { teamKey, assigneeId }: AutomationAssignee,
  ownerId: string | null | undefined,
) => {
  if (teamKey !== undefined) return { teamKey }
  if (assigneeId !== undefined) return { assigneeId }
  return { assigneeId: (ownerId && (await whoLooksAfter(tx, ownerId))) ?? tx.actor.onBehalfOf?.subject }
}

const whoLooksAfter = async (tx: Transaction, ownerId: string): Promise<string | undefined> => {
  const member = (await staff.find(tx, [ownerId])).get(ownerId)
  if (!member || member.active) return ownerId
  const handler = (await handlersOf(tx, [ownerId], tx.now())).get(ownerId)
  return handler?.standsInFor === ownerId ? handler.subject : undefined
}

/** Throws CONFLICT `team.nobody` where an action is for a team in which nobody works: nobody would learn of it. */
export const refuseEmptyTeam = async (tx: Transaction, teamKey: string | null) => {
  if (teamKey === null || (await membersOf(tx, [teamKey], tx.now())).get(teamKey)?.length) return
  throw new Conflict('Nobody of this team works here.', { reason: 'team.nobody' })
}
