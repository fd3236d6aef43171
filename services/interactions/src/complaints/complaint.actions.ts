import {
  type ComplaintStatus,
  complaintAcknowledged,
  complaintAssessed,
  complaintReceived,
  complaintUpdated,
  type EventType,
  limits,
} from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkNotFuture,
  checkRequiredText,
  checkText,
  expectVersion,
  type Idempotency,
  locked,
  type Transaction,
  validationIssues,
} from '@clientele/kit'
import { customers } from '../customer/customer.actions.js'
import { Complaint } from './complaint.entity.js'
import type {
  AssessComplaintInput,
  ChangeComplaintInput,
  EscalateComplaintInput,
  ReceiveComplaintInput,
} from './complaint.input.js'
import { complaintPolicy } from './complaint.policy.js'
import { acknowledgeBy, complaintWorkflow, isOpen, resolveBy, setClock } from './complaint.workflow.js'

/** Takes a complaint in and gives it its number. Throws NOT_FOUND `customer.unknown`. */
export const receiveComplaint = (ctx: Context, input: ReceiveComplaintInput) =>
  ctx.transaction(
    async (tx) => {
      const now = tx.now()
      const receivedAt = input.receivedAt ?? now
      const issues = validationIssues()
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
      const complaint = tx.em.create(Complaint, {
        ...fields,
        customerId,
        number: await nextNumber(tx),
        status: 'RECEIVED',
        escalated: false,
        acknowledgeBy: acknowledgeBy(fields),
        resolveBy: resolveBy(fields),
        steps: [stepOf(tx, complaintReceived, 'RECEIVED')],
      } as never)
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

/** Settles what it is about, how grave it is and who looks after it; later on it may be corrected, until a response is proposed. */
export const assessComplaint = (ctx: Context, input: AssessComplaintInput) =>
  changeComplaint(ctx, input, (complaint) => {
    const issues = validationIssues()
    const assessment = {
      category: checkRequiredText(issues, 'category', input.category, limits.code),
      severity: input.severity,
      ownerTeam: checkRequiredText(issues, 'ownerTeam', input.ownerTeam, limits.key),
      safety: input.safety ?? complaint.safety,
    }
    issues.refuse()
    const again = reassessable.includes(complaint.status)
    if (!again) complaintWorkflow.move(complaint, 'ASSESSED')
    const changed = (Object.keys(assessment) as (keyof typeof assessment)[]).filter(
      (field) => complaint[field] !== assessment[field],
    )
    Object.assign(complaint, assessment)
    if (!again) return { event: complaintAssessed }
    return changed.length ? updated(changed.includes('severity') ? [...changed, 'resolveBy'] : changed) : undefined
  })

/** Brings an open complaint before those higher up; once is enough. */
export const escalateComplaint = (ctx: Context, input: EscalateComplaintInput) =>
  changeComplaint(ctx, input, (complaint) => {
    const note = checkedText('reason', input.reason)
    requireOpen(complaint)
    if (complaint.escalated) return undefined
    complaint.escalated = true
    return updated(['escalated'], note)
  })

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
  change: (complaint: Complaint, tx: Transaction) => ComplaintChange | undefined | Promise<ComplaintChange>,
  { before, idempotency }: { before?: (tx: Transaction, id: string) => Promise<void>; idempotency?: Idempotency } = {},
) =>
  ctx.transaction(async (tx) => {
    await before?.(tx, input.id)
    const complaint = await locked(tx, Complaint, input.id, complaintPolicy.handle)
    expectVersion(complaint, input.expectedVersion)
    const made = await change(complaint, tx)
    if (made) publishChange(tx, complaint, made)
    return complaint
  }, idempotency)

/** Sets the clock of a complaint that changed, notes the step and emits the event. Throws CONFLICT `complaint.too_many_steps`. */
export const publishChange = (
  tx: Transaction,
  complaint: Complaint,
  { event, note, changedFields }: ComplaintChange,
) => {
  refuseEndless(complaint, event)
  setClock(complaint, tx.now())
  complaint.steps = [...complaint.steps, stepOf(tx, event, complaint.status, note)]
  tx.emit(event as ComplaintEvent, complaint, { ...dataOf(complaint), ...(changedFields && { changedFields }) })
}

/** The last steps are kept for what leads to the end, so that a complaint can always be closed. */
const lastSteps = 10

const refuseEndless = ({ steps, status }: Complaint, event: Pick<EventType, 'type'>) => {
  const { most } = limits.complaintSteps
  const isAside = event.type === complaintUpdated.type || status === 'AWAITING_CUSTOMER'
  if (steps.length < (isAside ? most - lastSteps : most - 1) || !isOpen(status)) return
  throw new Conflict(`A complaint has at most ${most} steps: it can only be brought to its end.`, {
    reason: 'complaint.too_many_steps',
  })
}

/** The trimmed text, or null. Throws INVALID for one that is blank or too long. */
export const checkedText = (field: string, value: string | null | undefined): string | null => {
  const issues = validationIssues()
  const text = checkText(issues, field, value, limits.complaintText) ?? null
  issues.refuse()
  return text
}

const requireOpen = ({ status }: Complaint) => {
  if (!isOpen(status)) throw new Conflict(`A complaint that is ${status} is over.`, { reason: 'complaint.ended' })
}

const stepOf = (
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

const nextNumber = async (tx: Transaction) => {
  const [row] = await tx.em.execute<{ last: string }[]>(
    `insert into complaint_counter (last) values (1)
     on conflict (tenant) do update set last = complaint_counter.last + 1 returning last`,
  )
  return `K-${String(row?.last).padStart(6, '0')}`
}

const dataOf = (complaint: Complaint) => ({
  customerId: complaint.customerId,
  status: complaint.status,
  severity: complaint.severity,
  category: complaint.category,
  channel: complaint.channel,
  receivedAt: complaint.receivedAt.toISOString(),
  acknowledgeBy: complaint.acknowledgeBy.toISOString(),
  resolveBy: complaint.resolveBy.toISOString(),
  decision: complaint.decision ?? null,
  closedAt: complaint.closedAt?.toISOString() ?? null,
})
