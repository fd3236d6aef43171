import { customerAccess } from '@clientele/contracts'
import { filePolicyParts } from '@clientele/files'
import { policy } from '@clientele/kit'

/** A file is whose its customer is: whoever may change the customer attaches and removes it, and whoever may read their name reads it. */
export const customerFilePolicy = policy('CustomerFile', {
  ...filePolicyParts('Customer'),
  ownership: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin, write: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager, write: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales, write: 'TERRITORY' },
    service: { clearance: 'PERSONAL', read: customerAccess.service, write: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
  },
})
