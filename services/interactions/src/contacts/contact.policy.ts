import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** A contact is whose its customer is; whoever speaks with customers records it; to void one is for those who answer for it. */
export const contactPolicy = policy('Contact', {
  ownership: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin, write: 'TENANT', void: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager, write: 'TERRITORY', void: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales, write: 'TERRITORY' },
    service: { clearance: 'PERSONAL', read: customerAccess.service, write: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
  },
  opens: { read: ['contact', 'Customer.contacts'], write: ['recordContact', 'correctContact'], void: ['voidContact'] },
  fields: {
    Contact: {
      PLAIN: ['customerId', 'customer', 'kind', 'direction', 'occurredAt', 'status', 'corrections', 'voiding'],
      PERSONAL: ['subject', 'body'],
    },
    ContactCorrection: { PLAIN: ['at', 'by', 'staff', 'changedFields'], PERSONAL: ['reason'] },
    ContactVoiding: { PLAIN: ['at', 'by', 'staff'], PERSONAL: ['reason'] },
  },
  inputs: {
    RecordContactInput: 'Contact',
    CorrectContactInput: ['Contact', 'ContactCorrection'],
    VoidContactInput: 'ContactVoiding',
  },
})
