import { type ComplaintStatus, complaintReceived, complaintUpdated, type EventType, limits } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkText,
  expectVersion,
  type Idempotency,
  locked,
  type Transaction,
  validationIssues,
} from '@clientele/kit'
import { Complaint } from './complaint.entity.js'
import type { ChangeComplaintInput } from './complaint.input.js'
import { complaintPolicy } from './complaint.policy.js'
import { setClock, stepsToEnd } from './complaint.workflow.js'
import { deadlineRule } from './complaint-deadlines.js'

/** What all events of complaints have in common. */
type ComplaintEvent = typeof complaintReceived

/** What a change publishes and what its step says beside. */
export interface ComplaintChange {
  event: ComplaintEvent | typeof complaintUpdated
  note?: string | null
  changedFields?: readonly string[]
}

/** A change that leaves the status as it is. */
export const updated = (changedFields: readonly string[], note: string | null = null): ComplaintChange => ({
  event: complaintUpdated,
  changedFields,
  note,
})

/**
 * Loads a complaint for change, changes it and publishes it; `undefined` changes nothing. `before` takes locks that must come before that
 * on the complaint.
 */
export const changeComplaint = (
  ctx: Context,
  input: ChangeComplaintInput,
  change: (complaint: Complaint, tx: Transaction) => ComplaintChange | undefined | Promise<ComplaintChange | undefined>,
  { before, idempotency }: { before?: (tx: Transaction, id: string) => Promise<void>; idempotency?: Idempotency } = {},
) =>
  ctx.transaction(async (tx) => {
    await before?.(tx, input.id)
    const complaint = await locked(tx, Complaint, input.id, complaintPolicy.handle)
    expectVersion(complaint, input.expectedVersion)
    const needed = stepsToEnd(complaint)
    const made = await change(complaint, tx)
    if (made) {
      keepRoom(complaint, needed)
      await publishStep(tx, complaint, made)
    }
    return complaint
  }, idempotency)

/** Notes what was done about a complaint as a step, and publishes it. */
export const publishStep = async (tx: Transaction, complaint: Complaint, change: ComplaintChange) => {
  complaint.steps = [...complaint.steps, stepOf(tx, change.event, complaint.status, change.note)]
  await publishChange(tx, complaint, change)
}

/** Sets the clock of a complaint that changed, and emits the event. */
export const publishChange = async (
  tx: Transaction,
  complaint: Complaint,
  { event, changedFields }: ComplaintChange,
) => {
  await setClock(complaint, tx.now(), () => deadlineRule(tx))
  tx.emit(event as ComplaintEvent, complaint, { ...dataOf(complaint), ...(changedFields && { changedFields }) })
}

/**
 * A step leaves room for all that a complaint needs to its end, so that what leads there is always possible, reopening a duplicate
 * included. Throws CONFLICT `complaint.too_many_steps`.
 */
const keepRoom = (complaint: Complaint, before: number) => {
  const { most } = limits.complaintSteps
  const left = stepsToEnd(complaint)
  if (left < before || complaint.steps.length + 1 + left <= most) return
  throw new Conflict(`A complaint has at most ${most} steps: it can only be brought to its end.`, {
    reason: 'complaint.too_many_steps',
    params: { most },
  })
}

/** The trimmed text, or null. Throws INVALID for one that is blank or too long. */
export const checkedText = (field: string, value: string | null | undefined): string | null => {
  const issues = validationIssues()
  const text = checkText(issues, field, value, limits.complaintText) ?? null
  issues.refuse()
  return text
}

/** What was done about a complaint, as it is kept. */
export const stepOf = (
  tx: Transaction,
  event: Pick<EventType, 'verb'>,
  status: ComplaintStatus,
  note: string | null = null,
) => ({
  at: tx.now().toISOString(),
  by: tx.actor.subject,
  action: event.verb,
  status,
  note,
})

/** What every event says of a complaint. */
export const dataOf = (complaint: Complaint) => ({
  customerId: complaint.customerId,
  status: complaint.status,
  severity: complaint.severity,
  category: complaint.category,
  channel: complaint.channel,
  assigneeId: complaint.assigneeId ?? null,
  receivedAt: complaint.receivedAt.toISOString(),
  acknowledgeBy: complaint.acknowledgeBy.toISOString(),
  resolveBy: complaint.resolveBy.toISOString(),
  decision: complaint.decision ?? null,
  closedAt: complaint.closedAt?.toISOString() ?? null,
})
