import { purchaseSums } from '@clientele/contracts'
import { byId, connection, part, reads, relation, roundedToMinorUnit, row, rows } from '@clientele/query-compiler'

const money = (amount: string, when?: (from: string) => string) =>
  part({ amount: (from) => `${from}.${amount}`, currency: (from) => `${from}.currency` }, when)

const summaries = (customer: string) =>
  `select currency, ${roundedToMinorUnit('sum(total)', 'currency')} as amount, ${purchaseSums.columns}
   from purchase where customer_id = ${customer}.id and ${purchaseSums.counted}
   group by currency order by ${purchaseSums.mainFirst}`

export const purchaseReads = [
  reads('Purchase', {
    customer: relation('Customer', 'customerId'),
    total: money('total'),
    lines: rows((purchase) => `select * from purchase_line where purchase_id = ${purchase}.id order by position`),
  }),
  reads('PurchaseSummary', { total: money('amount', (summary) => `${summary}.currency is not null`) }),
  reads('Customer', {
    purchases: connection('Purchase', { by: 'customerId', orderBy: [['orderedAt', 'desc']] }),
    purchaseSummaries: rows(summaries),
    purchaseSummary: row(
      (customer) => `select currency, coalesce(count, 0) as count, amount, first_at, last_at
        from (select) as always left join (${summaries(customer)} limit 1) as most on true`,
    ),
  }),
  reads('Query', { purchase: byId('Purchase') }),
]
