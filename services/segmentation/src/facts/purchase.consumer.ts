import { purchaseCorrected, purchaseRecorded, purchaseSums, purchaseVoided } from '@clientele/contracts'
import { consumeBatch } from '@clientele/kit'
import { noteOccurrences } from '../automation-runs/occurrence.actions.js'
import { evaluateCustomers } from '../memberships/evaluation.actions.js'
import { scoreNewBuyers } from '../rfm/rfm.actions.js'
import { convertTotals } from './conversion.actions.js'
import { keepSources, type SourceTable } from './facts.actions.js'

/** What was voided counts for nothing. Totals are net of cancellations; counts and dates are those of sales. */
const purchases: SourceTable = {
  table: 'purchase_fact',
  columns: { kind: 'text', status: 'text', ordered_at: 'timestamptz', amount: 'numeric', currency: 'text' },
  recompute: `
    update customer_facts f set
      purchase_count = coalesce(p.sales, 0), first_purchase_at = p.first_at, last_purchase_at = p.last_at,
      last_purchase_order = coalesce(p.last_at, 'epoch'), purchase_totals = coalesce(p.totals, '{}'),
      purchase_currency = p.currency, purchase_total = coalesce(p.total, 0), as_of = ?::timestamptz
    from unnest(?::uuid[]) as k(id) left join (
      select customer_id, sum(count) as sales, min(first_at) as first_at, max(last_at) as last_at,
        jsonb_object_agg(currency, trim_scale(total)::text) as totals,
        (array_agg(currency order by ${purchaseSums.mainFirst}))[1] as currency,
        (array_agg(total order by ${purchaseSums.mainFirst}))[1] as total
      from (
        select customer_id, currency, sum(amount) as total, ${purchaseSums.columns}
        from purchase_fact where customer_id = any(?::uuid[]) and ${purchaseSums.counted} group by customer_id, currency
      ) per_currency group by customer_id
    ) p on p.customer_id = k.id
    where f.id = k.id`,
}

/** Keeps count, dates and totals of purchases, scores who bought for the first time, and moves customers between segments. */
export const keepPurchaseFacts = consumeBatch(
  'segmentation-purchase-facts',
  [purchaseRecorded, purchaseCorrected, purchaseVoided],
  async (tx, events) => {
    const customers = await keepSources(
      tx,
      purchases,
      events.map(({ data: { id, version, customerId, kind, status, orderedAt, total } }) => ({
        ...{ id, version, customerId, kind, status },
        ...{ ordered_at: orderedAt, amount: total.amount, currency: total.currency },
      })),
    )
    await convertTotals(tx, customers)
    await scoreNewBuyers(tx, customers)
    await evaluateCustomers(tx, customers)
    await noteOccurrences(tx, events)
  },
)
