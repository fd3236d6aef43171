import { policy } from '@clientele/kit'

/**
 * A link belongs to whoever its customer belongs to, and partners read it to find the customer. Admins link; so do
 * we, what came in by a connection.
 */
export const externalRefPolicy = policy('ExternalRef', {
  ownership: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: 'TERRITORY' },
    service: { clearance: 'PERSONAL', read: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
    partner: { clearance: 'PLAIN', read: 'TENANT' },
  },
  opens: {
    read: ['externalRef', 'Customer.externalRefs'],
    write: ['linkExternalRef', 'unlinkExternalRef'],
  },
  fields: { ExternalRef: { PLAIN: ['system', 'entityType', 'externalId', 'url', 'customer'] } },
})
