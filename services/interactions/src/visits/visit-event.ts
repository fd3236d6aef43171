import type { EventData, visitPlanned } from '@clientele/contracts'
import type { Visit } from './visit.entity.js'

/** What every event of a visit says. */
export type VisitData = Omit<(typeof visitPlanned)['example'], keyof EventData>

export const dataOf = (visit: Visit): VisitData => ({
  customerId: visit.customerId,
  status: visit.status,
  mode: visit.mode,
  plannedStart: visit.plannedStart.toISOString(),
  plannedEnd: visit.plannedEnd.toISOString(),
  assigneeId: visit.assigneeId,
  ...(visit.actualEnd && { actualEnd: visit.actualEnd.toISOString() }),
})
