import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** Facts are figures without personal data: all staff see those of the customers in their access scope. */
export const factsPolicy = policy('CustomerFacts', {
  ownership: { owner: 'ownerId', territory: 'territory' },
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales },
    service: { clearance: 'PERSONAL', read: customerAccess.service },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
  },
  opens: { read: ['customersByFacts', 'Customer.facts'] },
  fields: {
    CustomerFacts: {
      PLAIN: [
        'purchaseCount',
        'firstPurchaseAt',
        'lastPurchaseAt',
        'purchaseTotals',
        'convertedTotal',
        'unconverted',
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
