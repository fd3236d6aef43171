import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** A purchase is whose its customer is. Service agents see purchases, and record none; to void one, and so take turnover away, is for those who answer for it. */
export const purchasePolicy = policy('Purchase', {
  ownership: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin, write: 'TENANT', void: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager, write: 'TERRITORY', void: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales, write: 'TERRITORY' },
    service: { clearance: 'PERSONAL', read: customerAccess.service },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
  },
  opens: {
    read: [
      'purchase',
      'purchaseTotals',
      'purchaseTotal',
      'Customer.purchases',
      'Customer.purchaseSummary',
      'Customer.purchaseSummaries',
      'Customer.purchaseTotal',
    ],
    write: ['recordPurchase', 'correctPurchase'],
    void: ['voidPurchase'],
  },
  fields: {
    Purchase: {
      PLAIN: [
        'customer',
        'kind',
        'status',
        'voidedAt',
        'orderedAt',
        'channel',
        'paymentMethod',
        'lineCount',
        'total',
        'origin',
        'lines',
      ],
      PERSONAL: ['changeReason'],
    },
    PurchaseLine: { PLAIN: ['sku', 'description', 'quantity', 'unitPrice', 'discount', 'total'] },
    PurchaseSummary: { PLAIN: ['count', 'total', 'firstAt', 'lastAt'] },
    PurchaseTotals: { PLAIN: ['sales', 'cancellations', 'lines', 'customers', 'net'] },
  },
  inputs: { RecordPurchaseInput: 'Purchase', CorrectPurchaseInput: 'Purchase', PurchaseFilter: 'Purchase' },
})
