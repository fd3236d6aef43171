import { customerReach } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** Facts are figures without personal data: all staff see those of the customers whom they reach. */
export const factsPolicy = policy('CustomerFacts', {
  belongs: { owner: 'ownerId', territory: 'territory' },
  roles: {
    admin: { sees: 'SENSITIVE', read: customerReach.admin },
    manager: { sees: 'SENSITIVE', read: customerReach.manager },
    sales: { sees: 'PERSONAL', read: customerReach.sales },
    service: { sees: 'PERSONAL', read: customerReach.service },
    analyst: { sees: 'PLAIN', read: customerReach.analyst },
    privacy_officer: { sees: 'SENSITIVE', read: customerReach.privacy_officer },
    service_account: { sees: 'PERSONAL', read: customerReach.service_account },
  },
  opens: { read: ['customersByFacts', 'Customer.facts'] },
  fields: {
    CustomerFacts: {
      PLAIN: [
        'purchaseCount',
        'firstPurchaseAt',
        'lastPurchaseAt',
        'purchaseTotals',
        'complaintCount',
        'openComplaints',
        'lastComplaintAt',
        'visitCount',
        'lastVisitAt',
        'nps',
        'csat',
        'ces',
        'lastRespondedAt',
        'asOf',
      ],
    },
  },
})
