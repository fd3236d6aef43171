import {
  complaintClosed,
  complaintCustomerAwaited,
  complaintCustomerReplied,
  complaintDecisionCommunicated,
  complaintInvestigationStarted,
  complaintReopened,
  complaintResponseProposed,
  limits,
} from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkRequiredText,
  checkText,
  type Transaction,
  validationIssues,
} from '@clientele/kit'
import type { Complaint } from './complaint.entity.js'
import type { ChangeComplaintInput } from './complaint.input.js'
import { complaintWorkflow, isOpen, replyBy, requireClosable, resolveBy } from './complaint.workflow.js'
import { requireApproval } from './complaint-approval.js'
import { changeComplaint, checkedText, updated } from './complaint-changes.js'
import { deadlineRule } from './complaint-deadlines.js'
import type {
  AwaitCustomerInput,
  CommunicateDecisionInput,
  ProposeResponseInput,
  RecordCustomerReplyInput,
  RecordRootCauseInput,
  ReopenComplaintInput,
} from './complaint-handling.input.js'
import { tellOfEnd } from './complaint-notifications.js'

/** Begins the search for the cause, or takes it up again; a response that was proposed or communicated is dropped then. */
export const investigateComplaint = (ctx: Context, input: ChangeComplaintInput) =>
  changeComplaint(ctx, input, (complaint) => {
    complaintWorkflow.move(complaint, 'INVESTIGATING')
    dropResolution(complaint)
    return { event: complaintInvestigationStarted }
  })

/** Records why it came to this, once it is investigated. Throws CONFLICT `complaint.not_investigated` before. */
export const recordRootCause = (ctx: Context, input: RecordRootCauseInput) =>
  changeComplaint(ctx, input, (complaint) => {
    const issues = validationIssues()
    const rootCause = checkRequiredText(issues, 'rootCause', input.rootCause, limits.complaintText)
    const rootCauseCode = checkText(issues, 'rootCauseCode', input.rootCauseCode, limits.code) ?? null
    issues.refuse()
    requireInvestigated(complaint)
    if (complaint.rootCause === rootCause && complaint.rootCauseCode === rootCauseCode) return undefined
    complaint.rootCause = rootCause
    complaint.rootCauseCode = rootCauseCode
    return updated(['rootCause'], rootCause)
  })

/** Notes that the customer was asked something; the clock stands still until they answer. */
export const awaitCustomer = (ctx: Context, input: AwaitCustomerInput) =>
  changeComplaint(ctx, input, (complaint) => {
    const note = checkedText('question', input.question)
    complaintWorkflow.move(complaint, 'AWAITING_CUSTOMER')
    return { event: complaintCustomerAwaited, note }
  })

/** Records the customer's answer, to a question or to the decision. Throws CONFLICT `complaint.no_reply_awaited` where neither is open. */
export const recordCustomerReply = (ctx: Context, input: RecordCustomerReplyInput) =>
  changeComplaint(
    ctx,
    input,
    (complaint, tx) => {
      const note = checkedText('reply', input.reply)
      if (complaint.status === 'AWAITING_CUSTOMER') complaintWorkflow.move(complaint, 'INVESTIGATING')
      else if (complaint.status === 'DECISION_COMMUNICATED') complaint.repliedAt = tx.now()
      else throw new Conflict('No answer of the customer is awaited.', { reason: 'complaint.no_reply_awaited' })
      return { event: complaintCustomerReplied, note }
    },
    { idempotency: { key: input.idempotencyKey, operation: 'recordCustomerReply', input } },
  )

/** Proposes decision and remedy inside the company. */
export const proposeResponse = (ctx: Context, input: ProposeResponseInput) =>
  changeComplaint(ctx, input, (complaint) => {
    const { decision, compensation } = input.resolution
    const issues = validationIssues()
    const remedy = checkText(issues, 'resolution.remedy', input.resolution.remedy, limits.complaintText) ?? null
    issues.must(
      !compensation || Number(compensation.amount) > 0,
      'resolution.compensation.amount',
      'number.out_of_range',
      'an amount above 0',
      { above: 0 },
    )
    issues.refuse()
    complaintWorkflow.move(complaint, 'RESPONSE_PROPOSED')
    complaint.decision = decision
    complaint.remedy = remedy
    complaint.compensationAmount = compensation?.amount ?? null
    complaint.compensationCurrency = compensation?.currency ?? null
    return { event: complaintResponseProposed, note: remedy ? `${decision}: ${remedy}` : decision }
  })

/**
 * Notes that the customer was told the decision, now, and until when they may answer: 14 days unless the input says
 * otherwise. Throws FORBIDDEN `complaint.needs_approval`.
 */
export const communicateDecision = (ctx: Context, input: CommunicateDecisionInput) =>
  changeComplaint(ctx, input, async (complaint, tx) => {
    const now = tx.now()
    const issues = validationIssues()
    issues.must(!input.replyBy || input.replyBy > now, 'replyBy', 'time.past', 'a time in the future')
    issues.refuse()
    complaintWorkflow.move(complaint, 'DECISION_COMMUNICATED')
    await requireApproval(tx, complaint)
    complaint.communicatedAt = now
    complaint.replyBy = input.replyBy ?? replyBy(now)
    return { event: complaintDecisionCommunicated }
  })

/** Closes a complaint of which nothing is left to do. Throws CONFLICT with what is. */
export const closeComplaint = (ctx: Context, input: ChangeComplaintInput) =>
  changeComplaint(ctx, input, async (complaint, tx) => {
    if (isOpen(complaint.status)) requireClosable(complaint, tx.now())
    complaintWorkflow.move(complaint, 'CLOSED')
    complaint.closedAt = tx.now()
    await tellOfEnd(tx, complaint, 'COMPLAINT_CLOSED')
    return { event: complaintClosed }
  })

/** Takes up again what was closed, or marked as a duplicate by mistake: it needs a new decision, for which it gets the whole time. The root cause stays until another is recorded. */
export const reopenComplaint = (ctx: Context, input: ReopenComplaintInput) =>
  changeComplaint(ctx, input, async (complaint, tx) => {
    const issues = validationIssues()
    const note = checkRequiredText(issues, 'reason', input.reason, limits.complaintText)
    issues.refuse()
    await takeUpAgain(tx, complaint)
    return { event: complaintReopened, note }
  })

export const takeUpAgain = async (tx: Transaction, complaint: Complaint) => {
  complaintWorkflow.move(complaint, 'REOPENED')
  dropResolution(complaint)
  complaint.closedAt = null
  complaint.duplicateOfId = null
  complaint.reopenedAt = tx.now()
  complaint.pausedSeconds = 0
  complaint.resolveBy = resolveBy(complaint, await deadlineRule(tx))
}

const dropResolution = (complaint: Complaint) =>
  Object.assign(complaint, {
    decision: null,
    remedy: null,
    compensationAmount: null,
    compensationCurrency: null,
    communicatedAt: null,
    replyBy: null,
    repliedAt: null,
  })

const requireInvestigated = ({ status }: Complaint) => {
  const investigated = ['INVESTIGATING', 'AWAITING_CUSTOMER', 'RESPONSE_PROPOSED', 'DECISION_COMMUNICATED']
  if (investigated.includes(status)) return
  throw new Conflict(`A complaint that is ${status} is not being investigated.`, {
    reason: 'complaint.not_investigated',
  })
}
