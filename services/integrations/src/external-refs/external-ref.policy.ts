import { policy } from '@clientele/kit'

/**
 * A link belongs to whoever its customer belongs to, and partners read it to find the customer. Admins and our own
 * services link.
 */
export const externalRefPolicy = policy('ExternalRef', {
  belongs: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { sees: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    manager: { sees: 'SENSITIVE', read: 'TERRITORY' },
    sales: { sees: 'PERSONAL', read: 'TERRITORY' },
    service: { sees: 'PERSONAL', read: 'TENANT' },
    analyst: { sees: 'PLAIN', read: 'TENANT' },
    privacy_officer: { sees: 'SENSITIVE', read: 'TENANT' },
    service_account: { sees: 'PERSONAL', read: 'TENANT', write: 'TENANT' },
    partner: { sees: 'PLAIN', read: 'TENANT' },
  },
  opens: {
    read: ['externalRef', 'Customer.externalRefs'],
    write: ['linkExternalRef', 'unlinkExternalRef'],
  },
  fields: { ExternalRef: { PLAIN: ['system', 'entityType', 'externalId', 'url', 'customer'] } },
})
