import { byId, connection, part, reads, relation, row, rows } from '@clientele/read-model'

/** How many decimals the minor unit of a currency has, as the service knows it: at most 4. */
const minorDigits = (currency: string) => {
  const digitsOf = (code: string) =>
    Math.min(
      new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits ?? 2,
      4,
    )
  const others = Intl.supportedValuesOf('currency').filter((code) => digitsOf(code) !== 2)
  return `case ${currency} ${others.map((code) => `when '${code}' then ${digitsOf(code)}`).join(' ')} else 2 end`
}

const money = (amount: string, when?: (from: string) => string) =>
  part({ amount: (from) => `${from}.${amount}`, currency: (from) => `${from}.currency` }, when)

const summaries = (customer: string) =>
  `select currency, (count(*) filter (where kind = 'SALE'))::int as count, round(sum(total), ${minorDigits('currency')}) as amount,
     min(ordered_at) filter (where kind = 'SALE') as first_at, max(ordered_at) filter (where kind = 'SALE') as last_at
   from purchase where customer_id = ${customer}.id
   group by currency order by 2 desc, max(ordered_at) desc, currency`

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
      (customer) => `(select * from (${summaries(customer)}) as kept limit 1)
        union all select null, 0, null, null, null where not exists (select from purchase where customer_id = ${customer}.id)`,
    ),
  }),
  reads('Query', { purchase: byId('Purchase') }),
]
