import { addWorkingTime, type BusinessCalendar, workingTimeBetween } from '@clientele/business-calendar'
import { type ComplaintSeverity, type ComplaintStatus, endedComplaintStatuses } from '@clientele/contracts'
import { Conflict, type PlainReason, workflow } from '@clientele/kit'

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

/** Throws CONFLICT `complaint.ended` for one that is over. */
export const requireOpen = ({ status }: { status: ComplaintStatus }) => {
  if (!isOpen(status)) throw new Conflict(`A complaint that is ${status} is over.`, { reason: 'complaint.ended' })
}

/** Moves from each status to CLOSED by the shortest way. */
const movesToClosed = (from: ComplaintStatus) => {
  let moves = 0
  for (let reached = new Set([from]); !reached.has('CLOSED'); moves++) {
    reached = new Set([...reached].flatMap((status) => complaintWorkflow.transitions[status]))
  }
  return moves
}

/** Steps that a complaint needs to be closed: its moves, the root cause and the customer's reply, as far as they are not there. 0 once it is over for good. */
export const stepsToEnd = ({
  status,
  rootCause,
  repliedAt,
}: { status: ComplaintStatus } & Pick<Closing, 'rootCause' | 'repliedAt'>) =>
  status === 'CLOSED' || status === 'WITHDRAWN' ? 0 : movesToClosed(status) + (rootCause ? 0 : 1) + (repliedAt ? 0 : 1)

/** By what deadlines are counted: working time of a calendar, and how many hours of it each severity has. */
export interface DeadlineRule {
  calendar: BusinessCalendar
  hours: Readonly<Record<ComplaintSeverity, { acknowledge: number; resolve: number }>>
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

const afterWork = ({ calendar }: DeadlineRule, from: Date, { hours = 0, seconds = 0 }) => {
  const end = addWorkingTime(calendar, from, (hours * 3_600 + seconds) * 1_000)
  if (!end) {
    const message = 'The working time of this deadline takes more than 20 years by the default calendar of the tenant.'
    throw new Conflict(message, { reason: 'deadline.too_far' })
  }
  return end
}

export const acknowledgeBy = ({ severity, receivedAt }: Pick<Clock, 'severity' | 'receivedAt'>, rule: DeadlineRule) =>
  afterWork(rule, receivedAt, { hours: rule.hours[severity].acknowledge })

/** A reopened complaint gets its time anew; the time in which the customer was awaited does not count. */
export const resolveBy = (
  clock: Pick<Clock, 'severity' | 'receivedAt' | 'reopenedAt' | 'pausedSeconds'>,
  rule: DeadlineRule,
) =>
  afterWork(rule, clock.reopenedAt ?? clock.receivedAt, {
    hours: rule.hours[clock.severity].resolve,
    seconds: clock.pausedSeconds,
  })

export const replyBy = (communicatedAt: Date) => new Date(communicatedAt.getTime() + replyDays * 86_400_000)

/**
 * Sets the clock after any change: it stands still exactly while the customer is awaited, and the time to the resolution moves on by the working
 * time that this took; who was late before is late still. Nothing else moves it, so `rule` is asked for nothing else.
 */
export const setClock = async (clock: Clock, now: Date, rule: () => Promise<DeadlineRule>) => {
  if (clock.status === 'AWAITING_CUSTOMER') clock.pausedAt ??= now
  else if (clock.pausedAt) {
    const current = await rule()
    const seconds = Math.round(workingTimeBetween(current.calendar, clock.pausedAt, now) / 1_000)
    clock.pausedSeconds += seconds
    clock.resolveBy = afterWork(current, clock.resolveBy, { seconds })
    clock.pausedAt = null
  }
}

export interface Closing {
  rootCause: string | null
  communicatedAt: Date | null
  replyBy: Date | null
  repliedAt: Date | null
}

const need = (reason: PlainReason, message: string) => ({ reason, message })

/** Throws CONFLICT with all that a complaint still lacks before it may be closed; the reason is the first of it. */
export const requireClosable = (complaint: Closing, now: Date) => {
  const lacking = [
    !complaint.rootCause && need('complaint.no_root_cause', 'its root cause recorded'),
    !complaint.communicatedAt &&
      need('complaint.decision_not_communicated', 'its decision communicated to the customer'),
    !complaint.repliedAt &&
      !(complaint.replyBy && complaint.replyBy <= now) &&
      need(
        'complaint.no_customer_reply',
        `the customer's reply, or their time to reply over${complaint.replyBy ? ` (${complaint.replyBy.toISOString()})` : ''}`,
      ),
  ].filter((fault) => fault !== false)
  const [first] = lacking
  if (!first) return
  throw new Conflict(`A complaint needs ${lacking.map(({ message }) => message).join(', ')} before it can be closed.`, {
    reason: first.reason,
    fields: lacking.map((fault) => ({ path: 'input.id', ...fault })),
  })
}
