import { policy } from '@clientele/kit'

/** An import reaches as far as the one who runs it: each row belongs as its customer does, and one beyond that is rejected. */
export const importPolicy = policy('Import', {
  ownership: { owner: 'ownerId', territory: 'territory' },
  roles: {
    admin: { clearance: 'SENSITIVE', customers: 'TENANT', purchases: 'TENANT' },
    manager: { clearance: 'SENSITIVE', customers: 'TERRITORY', purchases: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', customers: 'TERRITORY' },
  },
  opens: { customers: ['importCustomers'], purchases: ['importPurchases'] },
  fields: {
    ImportResult: { PLAIN: ['created', 'updated', 'unchanged', 'rejected', 'rows'] },
    ImportRowResult: { PLAIN: ['index', 'externalId', 'outcome', 'faults', 'warnings'] },
    ImportIssue: { PLAIN: ['path', 'reason', 'message'] },
  },
  inputs: { CustomerImportRow: 'Customer', PurchaseCustomerInput: 'Customer', PurchaseImportRow: 'Purchase' },
})
