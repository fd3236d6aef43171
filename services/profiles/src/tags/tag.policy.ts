import { policy } from '@clientele/kit'

/** Tags are everybody's. Who may change a customer may tag it: `customer.policy.ts`. */
export const tagPolicy = policy('Tag', {
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'TENANT' },
    sales: { clearance: 'PERSONAL', read: 'TENANT' },
    service: { clearance: 'PERSONAL', read: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
    service_account: { clearance: 'PERSONAL', read: 'TENANT' },
    partner: { clearance: 'PLAIN', read: 'TENANT' },
  },
  opens: { read: ['tags', 'Customer.tags'] },
  fields: { Tag: { PLAIN: ['key', 'name', 'color'] } },
})
