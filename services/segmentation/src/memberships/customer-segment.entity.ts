import { DateTimeScalar } from '@clientele/kit'
import { Field, ObjectType } from 'type-graphql'
import { Segment } from '../segments/segment.entity.js'

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
