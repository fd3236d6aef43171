import { type VisitStatus, visitStatus } from '@clientele/contracts'
import { visitWorkflow } from './visit.workflow.js'

const legal = [
  'PLANNED → CONFIRMED',
  'PLANNED → IN_PROGRESS',
  'PLANNED → RESCHEDULED',
  'PLANNED → CANCELLED',
  'PLANNED → MISSED',
  'CONFIRMED → IN_PROGRESS',
  'CONFIRMED → RESCHEDULED',
  'CONFIRMED → CANCELLED',
  'CONFIRMED → MISSED',
  'RESCHEDULED → PLANNED',
  'MISSED → RESCHEDULED',
  'IN_PROGRESS → COMPLETED',
  'IN_PROGRESS → CANCELLED',
  'COMPLETED → CLOSED',
  ...['PLANNED', 'CONFIRMED', 'IN_PROGRESS', 'COMPLETED', 'CLOSED', 'CANCELLED', 'MISSED'].map(
    (status) => `${status} → VOIDED`,
  ),
]
const moves = visitStatus.options.flatMap((from) => visitStatus.options.map((to) => [from, to] as const))

test.each(moves)('a visit from %s to %s', (from, to) => {
  const visit: { status: VisitStatus } = { status: from }
  if (legal.includes(`${from} → ${to}`)) {
    visitWorkflow.move(visit, to)
    expect(visit.status).toBe(to)
  } else {
    expect(() => visitWorkflow.move(visit, to)).toThrow(
      expect.objectContaining({ code: 'CONFLICT', reason: 'visit.illegal_transition' }),
    )
    expect(visit.status).toBe(from)
  }
})
