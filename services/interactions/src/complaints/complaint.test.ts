import { type ComplaintStatus, complaintSeverity, complaintStatus } from '@clientele/contracts'
import {
  acknowledgeBy,
  allowedHours,
  type Clock,
  complaintWorkflow,
  replyBy,
  requireClosable,
  resolveBy,
  setClock,
} from './complaint.workflow.js'

const at = (hours: number) => new Date(Date.UTC(2026, 2, 10) + hours * 3_600_000)

const legal: Record<ComplaintStatus, ComplaintStatus[]> = {
  RECEIVED: ['ACKNOWLEDGED', 'WITHDRAWN', 'DUPLICATE'],
  ACKNOWLEDGED: ['ASSESSED', 'WITHDRAWN', 'DUPLICATE'],
  ASSESSED: ['INVESTIGATING', 'WITHDRAWN', 'DUPLICATE'],
  INVESTIGATING: ['AWAITING_CUSTOMER', 'RESPONSE_PROPOSED', 'WITHDRAWN', 'DUPLICATE'],
  AWAITING_CUSTOMER: ['INVESTIGATING', 'WITHDRAWN', 'DUPLICATE'],
  RESPONSE_PROPOSED: ['INVESTIGATING', 'DECISION_COMMUNICATED', 'WITHDRAWN'],
  DECISION_COMMUNICATED: ['INVESTIGATING', 'CLOSED', 'WITHDRAWN'],
  CLOSED: ['REOPENED'],
  REOPENED: ['ASSESSED', 'INVESTIGATING', 'WITHDRAWN', 'DUPLICATE'],
  WITHDRAWN: [],
  DUPLICATE: ['REOPENED'],
}

test.each(complaintStatus.options)('what a complaint that is %s may become', (from) => {
  for (const to of complaintStatus.options) {
    const complaint = { status: from }
    if (legal[from].includes(to)) {
      complaintWorkflow.move(complaint, to)
      expect(complaint.status).toBe(to)
    } else {
      expect(() => complaintWorkflow.move(complaint, to)).toThrow(
        expect.objectContaining({ code: 'CONFLICT', reason: 'complaint.illegal_transition' }),
      )
      expect(complaint.status).toBe(from)
    }
  }
})

test.each([
  ['CRITICAL', 4, 48],
  ['HIGH', 24, 168],
  ['MEDIUM', 48, 336],
  ['LOW', 72, 720],
] as const)(
  'a %s complaint is acknowledged within %i hours and resolved within %i',
  (severity, acknowledge, resolve) => {
    const clock = { severity, receivedAt: at(0), reopenedAt: null, pausedSeconds: 0 }
    expect([acknowledgeBy(clock), resolveBy(clock)]).toEqual([at(acknowledge), at(resolve)])
  },
)

test('the graver, the sooner', () => {
  const hours = complaintSeverity.options.map((severity) => allowedHours[severity])
  expect(hours).toEqual(hours.toSorted((a, b) => b.resolve - a.resolve || b.acknowledge - a.acknowledge))
})

const aClock = (fields: Partial<Clock> = {}): Clock => ({
  status: 'INVESTIGATING',
  severity: 'CRITICAL',
  receivedAt: at(0),
  reopenedAt: null,
  pausedAt: null,
  pausedSeconds: 0,
  acknowledgeBy: at(4),
  resolveBy: at(48),
  ...fields,
})

test('the clock stands still while the customer is awaited, each time anew', () => {
  const clock = aClock()
  const become = (status: ComplaintStatus, hours: number) => {
    clock.status = status
    setClock(clock, at(hours))
    return { pausedAt: clock.pausedAt, resolveBy: clock.resolveBy }
  }
  expect(become('AWAITING_CUSTOMER', 10)).toEqual({ pausedAt: at(10), resolveBy: at(48) })
  expect(become('AWAITING_CUSTOMER', 12)).toEqual({ pausedAt: at(10), resolveBy: at(48) })
  expect(become('INVESTIGATING', 15)).toEqual({ pausedAt: null, resolveBy: at(53) })
  expect(become('AWAITING_CUSTOMER', 20)).toEqual({ pausedAt: at(20), resolveBy: at(53) })
  expect(become('WITHDRAWN', 21.5)).toEqual({ pausedAt: null, resolveBy: at(54.5) })
})

test('a reopened complaint gets its time anew, and another severity another time', () => {
  const clock = aClock({ reopenedAt: at(100) })
  setClock(clock, at(101))
  expect(clock.resolveBy).toEqual(at(148))
  clock.severity = 'HIGH'
  setClock(clock, at(102))
  expect(clock.resolveBy).toEqual(at(268))
})

test('a customer has 14 days to answer a decision', () => {
  expect(replyBy(at(0))).toEqual(at(14 * 24))
})

const closing = { rootCause: 'c', communicatedAt: at(0), replyBy: at(336), repliedAt: at(1) }
test.each([
  ['no root cause', { ...closing, rootCause: null }, ['complaint.no_root_cause']],
  ['no communicated decision', { ...closing, communicatedAt: null }, ['complaint.decision_not_communicated']],
  ['no reply', { ...closing, repliedAt: null }, ['complaint.no_customer_reply']],
  [
    'nothing',
    { rootCause: null, communicatedAt: null, replyBy: null, repliedAt: null },
    ['complaint.no_root_cause', 'complaint.decision_not_communicated', 'complaint.no_customer_reply'],
  ],
])('a complaint with %s cannot be closed', (_, complaint, reasons) => {
  expect(() => requireClosable(complaint, at(2))).toThrow(
    expect.objectContaining({
      code: 'CONFLICT',
      reason: reasons[0],
      fields: reasons.map((reason) => expect.objectContaining({ path: 'input.id', reason })),
    }),
  )
})

test('a complaint can be closed with all it needs, or once the time to reply is over', () => {
  requireClosable(closing, at(2))
  const silent = { ...closing, repliedAt: null }
  expect(() => requireClosable(silent, at(335.9))).toThrow('2026-03-24T00:00:00.000Z')
  requireClosable(silent, at(336))
})
