import { policy } from '@clientele/kit'

/** A contact is whose its customer is; whoever speaks with customers records it. */
export const contactPolicy = policy('Contact', {
  belongs: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { sees: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    manager: { sees: 'SENSITIVE', read: 'TERRITORY', write: 'TERRITORY' },
    sales: { sees: 'PERSONAL', read: 'TERRITORY', write: 'TERRITORY' },
    service: { sees: 'PERSONAL', read: 'TENANT', write: 'TENANT' },
    analyst: { sees: 'PLAIN', read: 'TENANT' },
    privacy_officer: { sees: 'SENSITIVE', read: 'TENANT' },
    service_account: { sees: 'PERSONAL', read: 'TENANT' },
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
