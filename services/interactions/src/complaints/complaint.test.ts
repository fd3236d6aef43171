import { type BusinessCalendar, daysOfWeek, workingTimeBetween } from '@clientele/business-calendar'
import { type ComplaintStatus, complaintStatus } from '@clientele/contracts'
import fc from 'fast-check'
import {
  acknowledgeBy,
  type Clock,
  complaintWorkflow,
  type DeadlineRule,
  replyBy,
  requireClosable,
  resolveBy,
  setClock,
  stepsToEnd,
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

const office: BusinessCalendar = {
  timeZone: 'Asia/Shanghai',
  week: Object.fromEntries(
    ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'].map((day) => [day, [{ from: '09:00', to: '17:00' }]]),
  ),
  specialDays: [
    { date: '2026-03-13', intervals: [] },
    { date: '2026-03-14', intervals: [{ from: '09:00', to: '17:00' }] },
  ],
}
const hours = {
  CRITICAL: { acknowledge: 4, resolve: 16 },
  HIGH: { acknowledge: 8, resolve: 40 },
  MEDIUM: { acknowledge: 16, resolve: 80 },
  LOW: { acknowledge: 24, resolve: 168 },
}
const shanghai = (text: string) => new Date(`2026-${text}+08:00`)

test.each([
  ['from the morning of a Tuesday', 'CRITICAL', '03-10T09:00', '03-10T13:00', '03-11T17:00'],
  ['from its afternoon', 'CRITICAL', '03-10T16:00', '03-11T12:00', '03-12T16:00'],
  ['from a night', 'CRITICAL', '03-10T23:00', '03-11T13:00', '03-12T17:00'],
  ['over a Friday that is free and a Saturday that is worked', 'HIGH', '03-10T09:00', '03-10T17:00', '03-16T17:00'],
  ['over a weekend', 'MEDIUM', '03-20T12:00', '03-24T12:00', '04-03T12:00'],
] as const)('working time %s', (_, severity, receivedAt, acknowledge, resolve) => {
  const clock = { severity, receivedAt: shanghai(receivedAt), reopenedAt: null, pausedSeconds: 0 }
  const rule = { calendar: office, hours }
  expect([acknowledgeBy(clock, rule), resolveBy(clock, rule)]).toEqual([shanghai(acknowledge), shanghai(resolve)])
})

const always: DeadlineRule = {
  calendar: {
    timeZone: 'UTC',
    week: Object.fromEntries(daysOfWeek.map((day) => [day, [{ from: '00:00', to: '24:00' }]])),
    specialDays: [],
  },
  hours: { ...hours, CRITICAL: { acknowledge: 4, resolve: 48 }, HIGH: { acknowledge: 24, resolve: 168 } },
}

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

test('the clock stands still while the customer is awaited, each time anew', async () => {
  const clock = aClock()
  const become = async (status: ComplaintStatus, hours: number) => {
    clock.status = status
    await setClock(clock, at(hours), async () => always)
    return { pausedAt: clock.pausedAt, resolveBy: clock.resolveBy }
  }
  expect(await become('AWAITING_CUSTOMER', 10)).toEqual({ pausedAt: at(10), resolveBy: at(48) })
  expect(await become('AWAITING_CUSTOMER', 12)).toEqual({ pausedAt: at(10), resolveBy: at(48) })
  expect(await become('INVESTIGATING', 15)).toEqual({ pausedAt: null, resolveBy: at(53) })
  expect(await become('AWAITING_CUSTOMER', 20)).toEqual({ pausedAt: at(20), resolveBy: at(53) })
  expect(await become('WITHDRAWN', 21.5)).toEqual({ pausedAt: null, resolveBy: at(54.5) })
  expect(resolveBy(clock, always)).toEqual(at(54.5))
})

test('nobody asks by what deadlines are counted where none moves', async () => {
  const clock = aClock()
  await setClock(clock, at(5), () => Promise.reject(new Error('asked')))
  expect(clock).toEqual(aClock())
})

test('who was late before the customer was asked is late still', async () => {
  const clock = aClock({ status: 'AWAITING_CUSTOMER', pausedAt: at(50) })
  clock.status = 'INVESTIGATING'
  await setClock(clock, at(60), async () => always)
  expect(clock.resolveBy).toEqual(at(58))
})

const moment = fc
  .integer({ min: 0, max: 60 * 24 * 30 })
  .map((minutes) => new Date(+shanghai('03-01T00:00') + minutes * 60_000))

test('however often the customer is awaited, as much working time is allowed as without', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(moment, { minLength: 1, maxLength: 7 }), async (moments) => {
      const [receivedAt, ...changes] = moments.toSorted((a, b) => +a - +b) as [Date, ...Date[]]
      const rule = { calendar: office, hours }
      const clock = aClock({ receivedAt, severity: 'HIGH' })
      clock.resolveBy = resolveBy(clock, rule)
      let waited = 0
      for (const now of changes) {
        if (clock.pausedAt) waited += workingTimeBetween(office, clock.pausedAt, now)
        clock.status = clock.status === 'AWAITING_CUSTOMER' ? 'INVESTIGATING' : 'AWAITING_CUSTOMER'
        await setClock(clock, now, async () => rule)
        const allowed = workingTimeBetween(office, receivedAt, clock.resolveBy) - waited
        expect(allowed).toBe(hours.HIGH.resolve * 3_600_000)
      }
    }),
  )
})

test.each([
  ['RECEIVED', 8],
  ['INVESTIGATING', 5],
  ['AWAITING_CUSTOMER', 6],
  ['DECISION_COMMUNICATED', 3],
  ['DUPLICATE', 7],
  ['CLOSED', 0],
  ['WITHDRAWN', 0],
] as const)('a complaint that is %s, with no root cause and no reply, needs %i steps to its end', (status, steps) => {
  expect(stepsToEnd({ status, rootCause: null, repliedAt: null })).toBe(steps)
  if (steps) expect(stepsToEnd({ status, rootCause: 'c', repliedAt: at(0) })).toBe(steps - 2)
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
