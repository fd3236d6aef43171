import { type Actor, type Transaction, withinWhere } from '@clientele/kit'
import { Visit } from './visit.entity.js'
import { visitPolicy } from './visit.policy.js'
import { openVisitStatuses } from './visit.workflow.js'
import { giveVisit } from './visit-assignment.actions.js'

/** The visits that somebody still has to make, as far as an actor may hand them over. */
export const visitWork = {
  entity: Visit,
  where: (actor: Actor, subject: string) => ({
    $and: [{ assigneeId: subject, status: { $in: openVisitStatuses } }, withinWhere(actor, visitPolicy.write)],
  }),
  give: (tx: Transaction, visit: Visit, to: { assigneeId: string | null }) => giveVisit(tx, visit, to.assigneeId),
}
