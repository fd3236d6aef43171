import {
  type ComplaintStatus,
  complaintAcknowledged,
  complaintAssessed,
  complaintReceived,
  limits,
} from '@clientele/contracts'
import {
  type Context,
  checkNotFuture,
  checkRequiredText,
  checkText,
  checkTime,
  expectVersion,
  locked,
  type Transaction,
  validationIssues,
} from '@clientele/kit'
import { checkReason, correct } from '../corrections/correct.js'
import { customers } from '../customer/customer.actions.js'
import { checkTeam } from '../staff/check-staff.js'
import { Complaint } from './complaint.entity.js'
import type {
  AssessComplaintInput,
  ChangeComplaintInput,
  CorrectComplaintInput,
  EscalateComplaintInput,
  ReceiveComplaintInput,
} from './complaint.input.js'
import { complaintPolicy } from './complaint.policy.js'
import { acknowledgeBy, complaintWorkflow, requireOpen, resolveBy } from './complaint.workflow.js'
import { changeComplaint, checkedText, dataOf, publishChange, stepOf, updated } from './complaint-changes.js'
import { deadlineRule } from './complaint-deadlines.js'
import { tellOfEscalation, tellTeam } from './complaint-notifications.js'

/** Takes a complaint in and gives it its number. Throws NOT_FOUND `customer.unknown`. */
export const receiveComplaint = (ctx: Context, input: ReceiveComplaintInput) =>
  ctx.transaction(
    async (tx) => {
      const now = tx.now()
      const receivedAt = input.receivedAt ?? now
      const issues = validationIssues()
      checkTime(issues, 'receivedAt', receivedAt, limits.eventTime)
      checkNotFuture(issues, 'receivedAt', receivedAt, now)
      const fields = {
        channel: checkRequiredText(issues, 'channel', input.channel, limits.code),
        category: checkRequiredText(issues, 'category', input.category, limits.code),
        description: checkRequiredText(issues, 'description', input.description, limits.complaintText),
        desiredRemedy: checkText(issues, 'desiredRemedy', input.desiredRemedy, limits.complaintText) ?? null,
        severity: input.severity,
        safety: input.safety,
        receivedAt,
        reopenedAt: null,
        pausedSeconds: 0,
      }
      issues.refuse()
      const { id: customerId } = await customers.require(tx, input.customerId, complaintPolicy.receive, {
        archived: 'accepted',
      })
      const rule = await deadlineRule(tx)
      const complaint = tx.em.create(Complaint, {
        ...fields,
        customerId,
        number: await nextNumber(tx),
        status: 'RECEIVED',
        escalated: false,
        assigneeId: null,
        acknowledgeBy: acknowledgeBy(fields, rule),
        resolveBy: resolveBy(fields, rule),
        steps: [stepOf(tx, complaintReceived, 'RECEIVED')],
        corrections: [],
      })
      tx.emit(complaintReceived, complaint, dataOf(complaint))
      return complaint
    },
    { key: input.idempotencyKey, operation: 'receiveComplaint', input },
  )

/** Notes that the customer was told that we have it in hand. */
export const acknowledgeComplaint = (ctx: Context, input: ChangeComplaintInput) =>
  changeComplaint(ctx, input, (complaint, tx) => {
    complaintWorkflow.move(complaint, 'ACKNOWLEDGED')
    complaint.acknowledgedAt = tx.now()
    return { event: complaintAcknowledged }
  })

const reassessable: readonly ComplaintStatus[] = ['ASSESSED', 'INVESTIGATING', 'AWAITING_CUSTOMER']

/**
 * Settles what it is about, how grave it is and which team looks after it; later on it may be corrected, until a response is proposed. Throws
 * INVALID with all faults.
 */
export const assessComplaint = (ctx: Context, input: AssessComplaintInput) =>
  changeComplaint(ctx, input, async (complaint, tx) => {
    const issues = validationIssues()
    const assessment = {
      category: checkRequiredText(issues, 'category', input.category, limits.code),
      severity: input.severity,
      ownerTeam: await checkTeam(tx, issues, 'ownerTeam', input.ownerTeam, { current: complaint.ownerTeam }),
      safety: input.safety ?? complaint.safety,
    }
    issues.refuse()
    const again = reassessable.includes(complaint.status)
    if (!again) complaintWorkflow.move(complaint, 'ASSESSED')
    const changed = (Object.keys(assessment) as (keyof typeof assessment)[]).filter(
      (field) => complaint[field] !== assessment[field],
    )
    Object.assign(complaint, assessment)
    if (changed.includes('ownerTeam')) await tellTeam(tx, complaint)
    if (changed.includes('severity')) complaint.resolveBy = resolveBy(complaint, await deadlineRule(tx))
    if (!again) return { event: complaintAssessed }
    return changed.length ? updated(changed.includes('severity') ? [...changed, 'resolveBy'] : changed) : undefined
  })

/** Escalates an open complaint; once is enough. */
export const escalateComplaint = (ctx: Context, input: EscalateComplaintInput) =>
  changeComplaint(ctx, input, async (complaint, tx) => {
    const note = checkedText('reason', input.reason)
    requireOpen(complaint)
    if (complaint.escalated) return undefined
    complaint.escalated = true
    await tellOfEscalation(tx, complaint)
    return updated(['escalated'], note)
  })

/**
 * Sets right what was taken down, whatever the complaint's status; it is no step. Saying the same again changes nothing. Throws NOT_FOUND,
 * FORBIDDEN, INVALID with all faults, CONFLICT `version.stale`.
 */
export const correctComplaint = (ctx: Context, input: CorrectComplaintInput) =>
  ctx.transaction(
    async (tx) => {
      const complaint = await locked(tx, Complaint, input.id, complaintPolicy.handle)
      expectVersion(complaint, input.expectedVersion)
      const issues = validationIssues()
      const reason = checkReason(issues, input.reason)
      const { desiredRemedy = complaint.desiredRemedy } = input
      const values = {
        channel: checkRequiredText(issues, 'channel', input.channel ?? complaint.channel, limits.code),
        description: checkRequiredText(
          issues,
          'description',
          input.description ?? complaint.description,
          limits.complaintText,
        ),
        desiredRemedy: checkText(issues, 'desiredRemedy', desiredRemedy, limits.complaintText) ?? null,
      }
      issues.refuse()
      const changedFields = correct<Complaint>(tx, 'complaint', complaint, values, reason)
      if (changedFields.length) await publishChange(tx, complaint, updated(changedFields))
      return complaint
    },
    { key: input.idempotencyKey, operation: 'correctComplaint', input },
  )

const nextNumber = async (tx: Transaction) => {
  const [row] = await tx.em.execute<{ last: string }[]>(
    `insert into complaint_counter (last) values (1)
     on conflict (tenant) do update set last = complaint_counter.last + 1 returning last`,
  )
  return `K-${String(row?.last).padStart(6, '0')}`
}
