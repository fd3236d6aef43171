import { policy } from '@clientele/kit'

/**
 * What stands in a timeline belongs to whoever its customer belongs to; of each entry everybody sees what they see of
 * it elsewhere.
 */
export const timelinePolicy = policy('Timeline', {
  ownership: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: 'TERRITORY' },
    service: { clearance: 'PERSONAL', read: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
    service_account: { clearance: 'PERSONAL', read: 'TENANT' },
  },
  opens: { read: ['Customer.timeline'] },
  fields: {},
})
