import { limits } from '@clientele/contracts'
import { DateTimeScalar, Limited, Money } from '@clientele/kit'
import { Field, Int, ObjectType } from 'type-graphql'

const quintile =
  (what: string): PropertyDecorator =>
  (prototype, field) => {
    const description = `${what}; 5 is the best fifth, and equal values score alike. Null until the first computation.`
    Field(() => Int, { nullable: true, description })(prototype, field)
    Limited(limits.quintile)(prototype, field)
  }

@ObjectType({
  description:
    'How recently, how often and for how much a customer bought. The three figures are of now; the scores follow the quintiles of `computedAt`.',
})
export class CustomerRfm {
  @Field(() => Int, { description: 'Whole days from the last sale to now.' })
  recencyDays!: number
  @Field(() => Int, { description: 'Number of sales.' })
  frequency!: number
  @Field(() => Money, {
    description: 'Net total in the currency in which the customer buys most often, rounded to its minor unit.',
  })
  monetary!: Money
  @quintile('Score of recency')
  r!: number | null
  @quintile('Score of frequency')
  f!: number | null
  @quintile('Score of the amount spent')
  m!: number | null
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'For which moment the quintiles were computed; null until the first computation.',
  })
  computedAt!: Date | null
}
