import { type Context, expectVersion, locked, type Transaction, validationIssues } from '@clientele/kit'
import { checkStaff } from '../staff/check-staff.js'
import { Complaint } from './complaint.entity.js'
import type { AssignComplaintInput } from './complaint.input.js'
import { complaintPolicy } from './complaint.policy.js'
import { requireOpen } from './complaint.workflow.js'
import { publishChange, updated } from './complaint-changes.js'
import { tellAssignee, tellFormerAssignee } from './complaint-notifications.js'

/**
 * Gives an open complaint to a member of staff, of its team or not, or back to its team; it is no step, and saying the same again changes
 * nothing. Throws CONFLICT `complaint.ended`.
 */
export const assignComplaint = (ctx: Context, input: AssignComplaintInput) =>
  ctx.transaction(async (tx) => {
    const complaint = await locked(tx, Complaint, input.id, complaintPolicy.handle)
    expectVersion(complaint, input.expectedVersion)
    requireOpen(complaint)
    const issues = validationIssues()
    const assigneeId = await checkStaff(tx, issues, 'assigneeId', input.assigneeId)
    issues.refuse()
    const former = complaint.assigneeId
    if (!(await giveComplaint(tx, complaint, { assigneeId }))) return complaint
    await tellAssignee(tx, complaint)
    await tellFormerAssignee(tx, complaint, former)
    return complaint
  })

/** Gives a complaint to somebody, or to a team and nobody in particular, with the event; whether that changes anything. */
export const giveComplaint = async (
  tx: Transaction,
  complaint: Complaint,
  to: { assigneeId: string | null; ownerTeam?: string },
): Promise<boolean> => {
  const changed = (['assigneeId', 'ownerTeam'] as const).filter(
    (field) => to[field] !== undefined && (complaint[field] ?? null) !== to[field],
  )
  if (!changed.length) return false
  Object.assign(complaint, to)
  await publishChange(tx, complaint, updated(changed))
  return true
}
