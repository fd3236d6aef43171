import { workflow } from '@clientele/kit'
import type { CustomerStatus } from './customer.entity.js'

export const customerWorkflow = workflow<CustomerStatus>('customer', {
  ACTIVE: ['ARCHIVED'],
  ARCHIVED: ['ACTIVE'],
})
