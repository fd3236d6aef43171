import { limits } from '@clientele/contracts'
import {
  CurrencyCodeScalar,
  connectionOf,
  DateScalar,
  DateTimeScalar,
  EntityType,
  ListSize,
  PreciseDecimalScalar,
  recordColumns,
} from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, ObjectType } from 'type-graphql'

const ExchangeRateSchema = defineEntity({
  name: 'ExchangeRate',
  properties: {
    id: p.uuid().primary(),
    base: p.string(),
    quote: p.string(),
    day: p.date(),
    rate: p.decimal('string'),
    source: p.string(),
    recordedAt: p.datetime(),
    recordedBy: p.string(),
  },
})

@ObjectType({ description: 'What one unit of a currency was worth in another one, on a day.' })
export class ExchangeRate extends ExchangeRateSchema.class {
  @Field(() => CurrencyCodeScalar, { description: 'The currency of which it is one unit.' })
  declare base: string
  @Field(() => CurrencyCodeScalar, { description: 'The currency that the rate is in.' })
  declare quote: string
  @Field(() => DateScalar, { description: 'The day that it is of.' })
  declare day: string
  @Field(() => PreciseDecimalScalar, { description: 'Units of `quote` for one unit of `base`.' })
  declare rate: string
  @Field(() => String, { description: 'Code of where it comes from, such as `ecb` or `manual`.' })
  declare source: string
  @Field(() => DateTimeScalar, { description: 'When it was recorded, or last corrected.' })
  declare recordedAt: Date
  @Field(() => String, { description: 'Subject of the person or service that recorded it.' })
  declare recordedBy: string
}
ExchangeRateSchema.setClass(ExchangeRate)

export const ExchangeRateConnection = connectionOf(ExchangeRate, 'ExchangeRate')

@ObjectType({ description: 'The latest rate of a pair of currencies.' })
export class CurrentRate {
  @Field(() => CurrencyCodeScalar, { description: 'The currency of which it is one unit.' })
  base!: string
  @Field(() => CurrencyCodeScalar, { description: 'The currency that the rate is in.' })
  quote!: string
  @Field(() => DateScalar, { description: 'The day that it is of.' })
  day!: string
  @Field(() => PreciseDecimalScalar, { description: 'Units of `quote` for one unit of `base`.' })
  rate!: string
}

const CurrentExchangeRatesSchema = defineEntity({
  name: 'CurrentExchangeRates',
  properties: { ...recordColumns, rates: p.json<CurrentRate[]>() },
})

@EntityType('The latest rate of each pair of currencies: what sums are converted by.')
export class CurrentExchangeRates extends CurrentExchangeRatesSchema.class {
  @ListSize(limits.ratePairs)
  @Field(() => [CurrentRate], { description: 'One per pair, by base and quote.' })
  declare rates: CurrentRate[]
}
CurrentExchangeRatesSchema.setClass(CurrentExchangeRates)
