import { connection, part, reads, rows } from '@clientele/query-compiler'

export const factsReads = [
  reads('CustomerFacts', {
    convertedTotal: part(
      { amount: (facts) => `${facts}.converted_total`, currency: (facts) => `${facts}.converted_currency` },
      (facts) => `${facts}.converted_currency is not null`,
    ),
    purchaseTotals: rows(
      (facts) => `select currency, amount from jsonb_each_text(${facts}.purchase_totals) as total (currency, amount)
        order by currency collate "C"`,
    ),
  }),
  reads('Query', {
    customersByFacts: connection('CustomerFacts', {
      as: 'Customer',
      where: (facts) => `${facts}.customer_version > 0`,
      orderBy: [['lastPurchaseOrder', 'desc']],
    }),
  }),
]
