import { limits } from '@clientele/contracts'
import { type Amount, type Context, convertSum, DateScalar, factorsTo, ListSize, Money } from '@clientele/kit'
import { Field, ObjectType } from 'type-graphql'
import { settingsOf } from '../settings/tenant-settings.actions.js'
import { currentRates } from './rates.actions.js'

@ObjectType({ description: "A sum of several currencies in the tenant's own." })
export class ConvertedSum {
  @Field(() => Money, {
    description:
      "All that could be converted, by the latest rates, summed exactly and rounded half away from zero to the minor unit of the tenant's currency at the end.",
  })
  total!: Money
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day of the oldest rate that was used; null where nothing had to be converted.',
  })
  asOf!: string | null
  @ListSize(limits.currencies)
  @Field(() => [Money], {
    description:
      'Sums that are not in the total: their currency has no rate that is recent enough, or they would be too long for a `Decimal`.',
  })
  unconverted!: Money[]
}

/** Sums up amounts in the tenant's currency, by the latest rates. Rates are looked up only where some currency is another one. */
export const converterOf = async (ctx: Context): Promise<(amounts: readonly Amount[]) => Promise<ConvertedSum>> => {
  const { currency, ratePivot: pivot, rateAgeDays: maxAgeDays } = await settingsOf(ctx)
  const day = ctx.now().toISOString().slice(0, 10)
  let factors: ReturnType<typeof lookUp> | undefined
  const lookUp = async () =>
    factorsTo((await currentRates(ctx))?.rates ?? [], { currency, pivot, maxAgeDays, day: laterBy(day, 1) })
  return async (amounts) => {
    if (amounts.every((each) => each.currency === currency)) return convertSum(amounts, currency, () => undefined)
    factors ??= lookUp()
    return convertSum(amounts, currency, await factors)
  }
}

// A day begins in the east before it does in UTC.
const laterBy = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
