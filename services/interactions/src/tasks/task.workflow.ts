import type { TaskStatus } from '@clientele/contracts'
import { workflow } from '@clientele/kit'

/** What is over is taken up again, as often as it has to be. */
export const taskWorkflow = workflow<TaskStatus>('task', {
  OPEN: ['COMPLETED', 'CANCELLED'],
  COMPLETED: ['OPEN'],
  CANCELLED: ['OPEN'],
})
