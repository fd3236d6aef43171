import { endedComplaintStatuses } from '@clientele/contracts'
import { type Actor, type Transaction, withinWhere } from '@clientele/kit'
import { Complaint } from './complaint.entity.js'
import { complaintPolicy } from './complaint.policy.js'
import { giveComplaint } from './complaint-assignment.actions.js'

/** The open complaints that somebody handles, as far as an actor may hand them over. */
export const complaintWork = {
  entity: Complaint,
  where: (actor: Actor, subject: string) => ({
    $and: [
      { assigneeId: subject, status: { $nin: [...endedComplaintStatuses] } },
      withinWhere(actor, complaintPolicy.handle),
    ],
  }),
  give: (
    tx: Transaction,
    complaint: Complaint,
    { assigneeId, teamKey }: { assigneeId: string | null; teamKey: string | null },
  ) => giveComplaint(tx, complaint, { assigneeId, ...(teamKey !== null && { ownerTeam: teamKey }) }),
}
