import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** A search finds customers by personal data, so only those search who see it, among the customers in their access scope. */
export const searchPolicy = policy('Search', {
  ownership: { owner: 'ownerId', territory: 'territory' },
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales },
    service: { clearance: 'PERSONAL', read: customerAccess.service },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
  },
  opens: { read: ['searchCustomers'] },
  fields: {
    CustomerSearchResult: { PLAIN: ['nodes'] },
    CustomerMatch: { PLAIN: ['customer', 'matchedOn'] },
  },
})
