import { purchaseSums } from '@clientele/contracts'
import { type Context, DecimalScalar, Money, roundToMinor, within } from '@clientele/kit'
import { Field, Int, ObjectType } from 'type-graphql'
import { type ConvertedSum, converterOf } from '../rates/conversion.js'
import { purchasePolicy } from './purchase.policy.js'

@ObjectType({ description: 'All purchases in one currency, added up.' })
export class PurchaseTotals {
  @Field(() => Int, { description: 'How many sales.' })
  sales!: number
  @Field(() => Int, { description: 'How many cancellations.' })
  cancellations!: number
  @Field(() => DecimalScalar, { description: 'How many lines they have together.' })
  lines!: string
  @Field(() => Int, { description: 'How many customers they belong to.' })
  customers!: number
  @Field(() => Money, {
    description:
      'Sales less cancellations, summed exactly and rounded half away from zero to the currency’s minor unit at the end.',
  })
  net!: Money
}

interface Row {
  currency: string
  sales: number
  cancellations: number
  lines: string
  customers: number
  net: string
}

/** All of them in the tenant's currency. */
export const convertedTotalOf = async (ctx: Context, system: string | null | undefined): Promise<ConvertedSum> => {
  const [totals, convert] = await Promise.all([exactTotals(ctx, system), converterOf(ctx)])
  return convert(totals.map(({ net, currency }) => ({ amount: net, currency })))
}

/** Totals per currency of the purchases in the actor's access scope, that with most of them first; of one origin system where one is given. */
export const totalsOf = async (ctx: Context, system: string | null | undefined): Promise<PurchaseTotals[]> =>
  (await exactTotals(ctx, system)).map(({ currency, net, ...figures }) => ({
    ...figures,
    net: { amount: roundToMinor(net, currency), currency },
  }))

const exactTotals = (ctx: Context, system: string | null | undefined) => {
  const scope = within(ctx.actor, purchasePolicy.read, 'purchase')
  return ctx.em.execute<Row[]>(
    `select currency, (count(*) filter (where kind = 'SALE'))::int as sales,
       (count(*) filter (where kind = 'CANCELLATION'))::int as cancellations, sum(line_count)::text as lines,
       count(distinct customer_id)::int as customers, sum(total)::text as net
     from purchase where ${purchaseSums.counted} and (?::text is null or origin_system = ?) and ${scope.sql}
     group by currency order by count(*) desc, currency`,
    [system ?? null, system ?? null, ...scope.params],
  )
}
