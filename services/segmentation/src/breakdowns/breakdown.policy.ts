import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** All staff may count the customers in their access scope; the counts themselves belong to nobody. */
export const breakdownPolicy = policy('Breakdown', {
  ownership: { owner: 'ownerId', territory: 'territory' },
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales },
    service: { clearance: 'PERSONAL', read: customerAccess.service },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
  },
  opens: { read: ['customerBreakdown'] },
  fields: {
    CustomerBreakdown: { PLAIN: ['total', 'withheld', 'leastGroup', 'groups'] },
    CustomerGroup: { PLAIN: ['values', 'count'] },
  },
})
