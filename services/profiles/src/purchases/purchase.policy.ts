import { customerReach } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** A purchase is whose its customer is. Service agents see purchases, and record none. */
export const purchasePolicy = policy('Purchase', {
  belongs: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { sees: 'SENSITIVE', read: customerReach.admin, write: 'TENANT' },
    manager: { sees: 'SENSITIVE', read: customerReach.manager, write: 'TERRITORY' },
    sales: { sees: 'PERSONAL', read: customerReach.sales, write: 'TERRITORY' },
    service: { sees: 'PERSONAL', read: customerReach.service },
    analyst: { sees: 'PLAIN', read: customerReach.analyst },
    privacy_officer: { sees: 'SENSITIVE', read: customerReach.privacy_officer },
    service_account: { sees: 'PERSONAL', read: customerReach.service_account },
  },
  opens: {
    read: [
      'purchase',
      'purchaseTotals',
      'Customer.purchases',
      'Customer.purchaseSummary',
      'Customer.purchaseSummaries',
    ],
    write: ['recordPurchase'],
  },
  fields: {
    Purchase: {
      PLAIN: ['customer', 'kind', 'orderedAt', 'channel', 'paymentMethod', 'lineCount', 'total', 'origin', 'lines'],
    },
    PurchaseLine: { PLAIN: ['sku', 'description', 'quantity', 'unitPrice', 'discount', 'total'] },
    PurchaseSummary: { PLAIN: ['count', 'total', 'firstAt', 'lastAt'] },
    PurchaseTotals: { PLAIN: ['sales', 'cancellations', 'lines', 'customers', 'net'] },
  },
  inputs: { RecordPurchaseInput: 'Purchase' },
})
