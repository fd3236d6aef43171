import { type ComplaintStatus, complaintStatus, limits } from '@clientele/contracts'
import { DateTimeScalar, TextSize } from '@clientele/kit'
import { Field, ObjectType } from 'type-graphql'

@ObjectType({ description: 'Something that was done about a complaint.' })
export class ComplaintStep {
  @Field(() => DateTimeScalar, { description: 'When it was done.' })
  at!: string
  @Field(() => String, { description: 'Subject of the person who did it.' })
  by!: string
  @Field(() => String, {
    description: 'What was done: the verb of the event that tells of it, such as `acknowledged`.',
  })
  action!: string
  @Field(() => complaintStatus.enum, { description: 'Status of the complaint after it.' })
  status!: ComplaintStatus
  // The decision stands before the remedy that was proposed.
  @TextSize({ most: 'PARTLY_UPHELD: '.length + limits.complaintText.most })
  @Field(() => String, {
    nullable: true,
    description: 'Why, or what was said; null where nothing was noted, or it is hidden from you.',
  })
  note!: string | null
}
