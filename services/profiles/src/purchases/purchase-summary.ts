import { purchaseSums } from '@clientele/contracts'
import { arrayParameter, type Context, DateTimeScalar, Money, roundToMinor } from '@clientele/kit'
import { Field, Int, ObjectType } from 'type-graphql'

@ObjectType({ description: 'What a customer bought, in one currency.' })
export class PurchaseSummary {
  @Field(() => Int, { description: 'How many sales; cancellations do not count.' })
  count!: number
  @Field(() => Money, {
    nullable: true,
    description:
      'Sales less cancellations, summed exactly and rounded half away from zero to the currency’s minor unit at the end; null without any.',
  })
  total!: Money | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the first sale was ordered; null without any.' })
  firstAt!: Date | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the last sale was ordered; null without any.' })
  lastAt!: Date | null
}

export const noPurchases = (): PurchaseSummary => ({ count: 0, total: null, firstAt: null, lastAt: null })

/** What a customer bought in one currency, not rounded yet. */
export interface PurchaseSum {
  customer_id: string
  currency: string
  count: number
  total: string
  first_at: string | Date | null
  last_at: string | Date | null
}

/** The sums of many customers in one statement; of each customer one per currency, the main one first. */
export const sumsOf = async (em: Context['em'], customers: readonly string[]): Promise<PurchaseSum[][]> => {
  const rows = await em.execute<PurchaseSum[]>(
    `select customer_id, currency, sum(total)::text as total, ${purchaseSums.columns}
     from purchase where customer_id = any(?::uuid[]) and ${purchaseSums.counted}
     group by customer_id, currency order by ${purchaseSums.mainFirst}`,
    [arrayParameter(customers)],
  )
  const byCustomer = Map.groupBy(rows, (row) => row.customer_id)
  return customers.map((id) => byCustomer.get(id) ?? [])
}

export const summaryOf = ({ currency, count, total, first_at, last_at }: PurchaseSum): PurchaseSummary => ({
  count,
  total: { amount: roundToMinor(total, currency), currency },
  firstAt: first_at ? new Date(first_at) : null,
  lastAt: last_at ? new Date(last_at) : null,
})
