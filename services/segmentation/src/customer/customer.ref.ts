import { DateTimeScalar, Money } from '@clientele/kit'
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql'
import { Segment } from '../segments/segment.entity.js'

/** The customer record of profiles, to which this service adds fields. */
@ObjectType()
@Directive('@key(fields: "id")')
export class Customer {
  @Field(() => ID)
  id!: string
}

@ObjectType({ description: 'A segment that a customer is a member of now.' })
export class CustomerSegment {
  @Field(() => String, { description: 'Short name of the segment.' })
  key!: string
  @Field(() => String, { description: 'Name of the segment.' })
  name!: string
  @Field(() => DateTimeScalar, { description: 'When the customer became a member.' })
  enteredAt!: Date
  @Field(() => Segment, { nullable: true, description: 'The segment itself.' })
  readonly segment?: Segment | null
  segmentId!: string
}

const quintile = (what: string): PropertyDecorator =>
  Field(() => Int, {
    nullable: true,
    description: `${what}, 1 to 5 with 5 the best fifth; equal values score alike. Null until the first computation.`,
  })

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
  @Field(() => DateTimeScalar, { nullable: true, description: 'For which moment the quintiles were computed.' })
  computedAt!: Date | null
}
