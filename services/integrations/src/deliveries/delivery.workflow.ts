import { workflow } from '@clientele/kit'

/** What is not waiting already can be replayed. */
export const deliveryWorkflow = workflow('delivery', {
  PENDING: ['DELIVERED', 'FAILED', 'CANCELLED'],
  DELIVERED: ['PENDING'],
  FAILED: ['PENDING'],
  CANCELLED: ['PENDING'],
})
