import { policy } from '@clientele/kit'

/** Tags are everybody's. Who may change a customer may tag it: `customer.policy.ts`. */
export const tagPolicy = policy('Tag', {
  roles: {
    admin: { sees: 'SENSITIVE', read: 'TENANT' },
    manager: { sees: 'SENSITIVE', read: 'TENANT' },
    sales: { sees: 'PERSONAL', read: 'TENANT' },
    service: { sees: 'PERSONAL', read: 'TENANT' },
    analyst: { sees: 'PLAIN', read: 'TENANT' },
    privacy_officer: { sees: 'SENSITIVE', read: 'TENANT' },
    service_account: { sees: 'PERSONAL', read: 'TENANT' },
    partner: { sees: 'PLAIN', read: 'TENANT' },
  },
  opens: { read: ['tags', 'Customer.tags'] },
  fields: { Tag: { PLAIN: ['key', 'name', 'color'] } },
})
