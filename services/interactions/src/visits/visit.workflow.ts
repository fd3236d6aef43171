import type { VisitStatus } from '@clientele/contracts'
import { workflow } from '@clientele/kit'

/** A visit passes through RESCHEDULED on its way back to PLANNED. */
export const visitWorkflow = workflow<VisitStatus>('visit', {
  PLANNED: ['CONFIRMED', 'IN_PROGRESS', 'RESCHEDULED', 'CANCELLED', 'MISSED', 'VOIDED'],
  CONFIRMED: ['IN_PROGRESS', 'RESCHEDULED', 'CANCELLED', 'MISSED', 'VOIDED'],
  RESCHEDULED: ['PLANNED'],
  IN_PROGRESS: ['COMPLETED', 'CANCELLED', 'VOIDED'],
  COMPLETED: ['CLOSED', 'VOIDED'],
  MISSED: ['RESCHEDULED', 'VOIDED'],
  CLOSED: ['VOIDED'],
  CANCELLED: ['VOIDED'],
  VOIDED: [],
})

/** The statuses of visits that somebody still has to make. */
export const openVisitStatuses = ['PLANNED', 'CONFIRMED', 'IN_PROGRESS'] as const satisfies VisitStatus[]
