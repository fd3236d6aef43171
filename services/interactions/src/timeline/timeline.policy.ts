import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/**
 * What stands in a timeline belongs to whoever its customer belongs to; of each entry everybody sees what they see of
 * it elsewhere.
 */
export const timelinePolicy = policy('Timeline', {
  ownership: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales },
    service: { clearance: 'PERSONAL', read: customerAccess.service },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
  },
  opens: { read: ['Customer.timeline', 'Customer.upcoming'] },
  fields: {},
})
