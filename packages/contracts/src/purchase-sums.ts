/**
 * What counts as bought: the one definition of it, as SQL over a table of purchases with `kind`, `status`, `ordered_at` and `currency`, one row
 * per currency of a customer. Profiles sums the purchases that it has by it, segmentation those that events have brought.
 */
export const purchaseSums = {
  /** Which purchases count. */
  counted: `status = 'RECORDED'`,
  /** Number of sales, when the first and the last was, and when the last purchase of any kind was: cancellations count in sums alone. */
  columns: `(count(*) filter (where kind = 'SALE'))::int as count, min(ordered_at) filter (where kind = 'SALE') as first_at,
    max(ordered_at) filter (where kind = 'SALE') as last_at, max(ordered_at) as latest_at`,
  /** Order of the currencies of a customer: the main one has most sales; of several, the one that was used last, then the first in the alphabet. */
  mainFirst: 'count desc, latest_at desc, currency',
} as const
