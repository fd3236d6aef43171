import { policy } from '@clientele/kit'

/**
 * What stands in a timeline belongs to whoever its customer belongs to; of each entry everybody sees what they see of
 * it elsewhere.
 */
export const timelinePolicy = policy('Timeline', {
  belongs: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { sees: 'SENSITIVE', read: 'TENANT' },
    manager: { sees: 'SENSITIVE', read: 'TERRITORY' },
    sales: { sees: 'PERSONAL', read: 'TERRITORY' },
    service: { sees: 'PERSONAL', read: 'TENANT' },
    analyst: { sees: 'PLAIN', read: 'TENANT' },
    privacy_officer: { sees: 'SENSITIVE', read: 'TENANT' },
    service_account: { sees: 'PERSONAL', read: 'TENANT' },
  },
  opens: { read: ['Customer.timeline'] },
  fields: {},
})
