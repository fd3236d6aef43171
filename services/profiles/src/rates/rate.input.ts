import { limits } from '@clientele/contracts'
import { CurrencyCodeScalar, DateScalar, Limited, PreciseDecimalScalar } from '@clientele/kit'
import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { CurrentExchangeRates } from './exchange-rate.entity.js'

@InputType({ description: 'What one unit of a currency was worth in another one, on a day.' })
export class ExchangeRateInput {
  @Field(() => CurrencyCodeScalar, { description: 'The currency of which it is one unit.' })
  base!: string
  @Field(() => CurrencyCodeScalar, { description: 'The currency that the rate is in; another one.' })
  quote!: string
  @Limited(limits.rateDay)
  @Field(() => DateScalar, { description: 'The day that it is of; not in the future.' })
  day!: string
  @Field(() => PreciseDecimalScalar, { description: 'Units of `quote` for one unit of `base`, above 0.' })
  rate!: string
}

@InputType({
  description: 'Rates to be recorded; those that are there already, of the same pair and day, are corrected.',
})
export class RecordExchangeRatesInput {
  @Limited(limits.code)
  @Field(() => String, { description: 'Code of where they come from, such as `ecb` or `manual`.' })
  source!: string
  @Limited(limits.exchangeRates)
  @Field(() => [ExchangeRateInput], { description: 'The rates, each pair and day once.' })
  rates!: ExchangeRateInput[]
}

@InputType({ description: 'Conditions on exchange rates; all that are given must hold.' })
export class ExchangeRateFilter {
  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'Of one unit of this currency.' })
  base?: string | null
  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'In this currency.' })
  quote?: string | null
  @Field(() => DateScalar, { nullable: true, description: 'Of this day or later.' })
  from?: string | null
  @Field(() => DateScalar, { nullable: true, description: 'Of this day or before.' })
  until?: string | null
}

@ObjectType({ description: 'What became of rates that were to be recorded.' })
export class RecordedExchangeRates {
  @Field(() => Int, { description: 'How many are new or corrected.' })
  recorded!: number
  @Field(() => Int, { description: 'How many were there already, with the same rate.' })
  unchanged!: number
  @Field(() => CurrentExchangeRates, { description: 'The latest rates now.' })
  current!: CurrentExchangeRates
}
