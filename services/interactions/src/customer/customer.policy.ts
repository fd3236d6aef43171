import { customerReach } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** Customers are reached here as in profiles. What this service adds to them has policies of its own. */
export const customerPolicy = policy('Customer', {
  belongs: { owner: 'ownerId', territory: 'territory' },
  roles: {
    admin: { sees: 'PLAIN', read: customerReach.admin },
    manager: { sees: 'PLAIN', read: customerReach.manager },
    sales: { sees: 'PLAIN', read: customerReach.sales },
    service: { sees: 'PLAIN', read: customerReach.service },
    analyst: { sees: 'PLAIN', read: customerReach.analyst },
    privacy_officer: { sees: 'PLAIN', read: customerReach.privacy_officer },
    service_account: { sees: 'PLAIN', read: customerReach.service_account },
    partner: { sees: 'PLAIN', read: customerReach.partner },
  },
  opens: { read: [] },
  fields: { Customer: { PLAIN: ['id'] } },
})
