import { policy } from '@clientele/kit'

/** A contact is whose its customer is; whoever speaks with customers records it. */
export const contactPolicy = policy('Contact', {
  ownership: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'TERRITORY', write: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: 'TERRITORY', write: 'TERRITORY' },
    service: { clearance: 'PERSONAL', read: 'TENANT', write: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
    service_account: { clearance: 'PERSONAL', read: 'TENANT' },
  },
  opens: { read: ['contact', 'Customer.contacts'], write: ['recordContact'] },
  fields: {
    Contact: {
      PLAIN: ['customerId', 'customer', 'kind', 'direction', 'occurredAt'],
      PERSONAL: ['subject', 'body'],
    },
  },
  inputs: { RecordContactInput: 'Contact' },
})
