import type { VisitStatus } from '@clientele/contracts'
import { workflow } from '@clientele/kit'

/** A visit passes through RESCHEDULED on its way back to PLANNED. */
export const visitWorkflow = workflow<VisitStatus>('visit', {
  PLANNED: ['CONFIRMED', 'IN_PROGRESS', 'RESCHEDULED', 'CANCELLED', 'MISSED'],
  CONFIRMED: ['IN_PROGRESS', 'RESCHEDULED', 'CANCELLED', 'MISSED'],
  RESCHEDULED: ['PLANNED'],
  IN_PROGRESS: ['COMPLETED', 'CANCELLED'],
  COMPLETED: ['CLOSED'],
  MISSED: ['RESCHEDULED'],
  CLOSED: [],
  CANCELLED: [],
})
