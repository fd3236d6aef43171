import { customerReach } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** A purchase is whose its customer is. Service agents see purchases, and record none; to void one, and so take turnover away, is for those who answer for it. */
export const purchasePolicy = policy('Purchase', {
  belongs: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { sees: 'SENSITIVE', read: customerReach.admin, write: 'TENANT', void: 'TENANT' },
    manager: { sees: 'SENSITIVE', read: customerReach.manager, write: 'TERRITORY', void: 'TERRITORY' },
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
