import 'reflect-metadata'
import { Directive, Field, InputType, ObjectType } from 'type-graphql'
import { CurrencyCodeScalar, DecimalScalar } from './scalars.js'

/** An amount in one currency, exact; the same type in every service. */
@Directive('@shareable')
@ObjectType({ description: 'An amount in one currency.' })
export class Money {
  @Field(() => DecimalScalar, {
    description: 'The amount in units of the currency (not cents), exact; negative for money given back.',
  })
  amount!: string

  @Field(() => CurrencyCodeScalar, { description: 'The currency, as its ISO 4217 code.' })
  currency!: string
}

/** Money as it comes in. Input types need no `@shareable`: federation merges equal ones. */
@InputType({ description: 'An amount in one currency.' })
export class MoneyInput {
  @Field(() => DecimalScalar, {
    description: 'The amount in units of the currency (not cents), exact; negative for money given back.',
  })
  amount!: string

  @Field(() => CurrencyCodeScalar, { description: 'The currency, as its ISO 4217 code.' })
  currency!: string
}
