import { type ComplaintSeverity, type ComplaintStatus, endedComplaintStatuses } from '@clientele/contracts'
import { Conflict, workflow } from '@clientele/kit'

export const complaintWorkflow = workflow<ComplaintStatus>('complaint', {
  RECEIVED: ['ACKNOWLEDGED', 'WITHDRAWN', 'DUPLICATE'],
  ACKNOWLEDGED: ['ASSESSED', 'WITHDRAWN', 'DUPLICATE'],
  ASSESSED: ['INVESTIGATING', 'WITHDRAWN', 'DUPLICATE'],
  INVESTIGATING: ['AWAITING_CUSTOMER', 'RESPONSE_PROPOSED', 'WITHDRAWN', 'DUPLICATE'],
  AWAITING_CUSTOMER: ['INVESTIGATING', 'WITHDRAWN', 'DUPLICATE'],
  RESPONSE_PROPOSED: ['DECISION_COMMUNICATED', 'INVESTIGATING', 'WITHDRAWN'],
  DECISION_COMMUNICATED: ['CLOSED', 'INVESTIGATING', 'WITHDRAWN'],
  CLOSED: ['REOPENED'],
  REOPENED: ['ASSESSED', 'INVESTIGATING', 'WITHDRAWN', 'DUPLICATE'],
  WITHDRAWN: [],
  DUPLICATE: ['REOPENED'],
})

/** Whether we or the customer still have something to do. */
export const isOpen = (status: ComplaintStatus) => !endedComplaintStatuses.includes(status)

/** Plain hours from the receipt: to the acknowledgement, and to the resolution. */
export const allowedHours: Record<ComplaintSeverity, { acknowledge: number; resolve: number }> = {
  CRITICAL: { acknowledge: 4, resolve: 48 },
  HIGH: { acknowledge: 24, resolve: 168 },
  MEDIUM: { acknowledge: 48, resolve: 336 },
  LOW: { acknowledge: 72, resolve: 720 },
}

/** How long a customer may take to answer a decision, where nothing else was agreed. */
export const replyDays = 14

export interface Clock {
  status: ComplaintStatus
  severity: ComplaintSeverity
  receivedAt: Date
  reopenedAt: Date | null
  /** Since when the customer is awaited. */
  pausedAt: Date | null
  pausedSeconds: number
  acknowledgeBy: Date
  resolveBy: Date
}

const later = (from: Date, { hours = 0, seconds = 0 }) => new Date(from.getTime() + (hours * 3_600 + seconds) * 1_000)

export const acknowledgeBy = ({ severity, receivedAt }: Pick<Clock, 'severity' | 'receivedAt'>) =>
  later(receivedAt, { hours: allowedHours[severity].acknowledge })

/** A reopened complaint gets its time anew; the time in which the customer was awaited does not count. */
export const resolveBy = (clock: Pick<Clock, 'severity' | 'receivedAt' | 'reopenedAt' | 'pausedSeconds'>) =>
  later(clock.reopenedAt ?? clock.receivedAt, {
    hours: allowedHours[clock.severity].resolve,
    seconds: clock.pausedSeconds,
  })

export const replyBy = (communicatedAt: Date) => later(communicatedAt, { hours: replyDays * 24 })

/** Sets the clock after any change: it stands still exactly while the customer is awaited. */
export const setClock = (clock: Clock, now: Date) => {
  if (clock.status === 'AWAITING_CUSTOMER') clock.pausedAt ??= now
  else if (clock.pausedAt) {
    clock.pausedSeconds += Math.round((now.getTime() - clock.pausedAt.getTime()) / 1_000)
    clock.pausedAt = null
  }
  clock.resolveBy = resolveBy(clock)
}

export interface Closing {
  rootCause: string | null
  communicatedAt: Date | null
  replyBy: Date | null
  repliedAt: Date | null
}

/** Throws CONFLICT with all that a complaint still lacks before it may be closed; the reason is the first of it. */
export const requireClosable = (complaint: Closing, now: Date) => {
  const lacking = [
    !complaint.rootCause && { reason: 'complaint.no_root_cause', message: 'its root cause recorded' },
    !complaint.communicatedAt && {
      reason: 'complaint.decision_not_communicated',
      message: 'its decision communicated to the customer',
    },
    !complaint.repliedAt &&
      !(complaint.replyBy && complaint.replyBy <= now) && {
        reason: 'complaint.no_customer_reply',
        message: `the customer's reply, or their time to reply over${complaint.replyBy ? ` (${complaint.replyBy.toISOString()})` : ''}`,
      },
  ].filter((fault) => fault !== false)
  const [first] = lacking
  if (!first) return
  throw new Conflict(`A complaint needs ${lacking.map(({ message }) => message).join(', ')} before it can be closed.`, {
    reason: first.reason,
    fields: lacking.map((fault) => ({ path: 'input.id', ...fault })),
  })
}
