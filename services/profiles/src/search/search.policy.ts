import { customerReach } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** A search finds customers by personal data, so only those search who see it, among the customers whom they reach. */
export const searchPolicy = policy('Search', {
  belongs: { owner: 'ownerId', territory: 'territory' },
  roles: {
    admin: { sees: 'SENSITIVE', read: customerReach.admin },
    manager: { sees: 'SENSITIVE', read: customerReach.manager },
    sales: { sees: 'PERSONAL', read: customerReach.sales },
    service: { sees: 'PERSONAL', read: customerReach.service },
    privacy_officer: { sees: 'SENSITIVE', read: customerReach.privacy_officer },
    service_account: { sees: 'PERSONAL', read: customerReach.service_account },
  },
  opens: { read: ['searchCustomers'] },
  fields: {
    CustomerSearchResult: { PLAIN: ['nodes'] },
    CustomerMatch: { PLAIN: ['customer', 'matchedOn'] },
  },
})
