import { type Context, DateTimeScalar, Money, roundToMinor } from '@clientele/kit'
import { Field, Int, ObjectType } from 'type-graphql'

@ObjectType({ description: 'What a customer bought, in one currency.' })
export class PurchaseSummary {
  @Field(() => Int, { description: 'How many sales; cancellations do not count.' })
  count!: number
  @Field(() => Money, {
    nullable: true,
    description:
      'Sales less cancellations, summed exactly and rounded half up to the currency’s minor unit at the end; null without any.',
  })
  total!: Money | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the first sale was ordered.' })
  firstAt!: Date | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the last sale was ordered.' })
  lastAt!: Date | null
}

export const noPurchases = (): PurchaseSummary => ({ count: 0, total: null, firstAt: null, lastAt: null })

/** What a summary says of the purchases in one currency, but for the total: the columns of both readings. */
export const summaryColumns = `(count(*) filter (where kind = 'SALE'))::int as count,
  min(ordered_at) filter (where kind = 'SALE') as first_at, max(ordered_at) filter (where kind = 'SALE') as last_at`

/** Which purchases count. */
export const counts = `status = 'RECORDED'`

interface Row {
  customer_id: string
  currency: string
  count: number
  total: string
  first_at: string | Date | null
  last_at: string | Date | null
}

/** The summaries of many customers in one statement; of each customer one per currency, that with most sales first. */
export const summariesOf = async (em: Context['em'], customers: readonly string[]): Promise<PurchaseSummary[][]> => {
  const rows = await em.execute<Row[]>(
    `select customer_id, currency, sum(total)::text as total, ${summaryColumns}
     from purchase where customer_id = any(?::uuid[]) and ${counts}
     group by customer_id, currency
     order by count desc, max(ordered_at) desc, currency`,
    [`{${customers.join(',')}}`],
  )
  const byCustomer = Map.groupBy(rows, (row) => row.customer_id)
  return customers.map((id) => (byCustomer.get(id) ?? []).map(summaryOf))
}

const summaryOf = ({ currency, count, total, first_at, last_at }: Row): PurchaseSummary => ({
  count,
  total: { amount: roundToMinor(total, currency), currency },
  firstAt: first_at ? new Date(first_at) : null,
  lastAt: last_at ? new Date(last_at) : null,
})
