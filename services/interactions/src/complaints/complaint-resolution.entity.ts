import { type ComplaintDecision, complaintDecision, limits } from '@clientele/contracts'
import { DateTimeScalar, Money, TextSize } from '@clientele/kit'
import { Field, ObjectType, registerEnumType } from 'type-graphql'

registerEnumType(complaintDecision.enum, {
  name: 'ComplaintDecision',
  description: 'Whether the customer was right.',
  valuesConfig: {
    UPHELD: { description: 'The customer was right.' },
    PARTLY_UPHELD: { description: 'The customer was right in part.' },
    NOT_UPHELD: { description: 'The customer was not right.' },
  },
})

@ObjectType({ description: 'How we answer a complaint: first proposed inside the company, then communicated.' })
export class ComplaintResolution {
  @Field(() => complaintDecision.enum, { description: 'Whether the customer was right.' })
  decision!: ComplaintDecision
  @TextSize(limits.complaintText)
  @Field(() => String, {
    nullable: true,
    description: 'What we do to put it right; null for nothing, or where it is hidden from you.',
  })
  remedy!: string | null
  @Field(() => Money, { nullable: true, description: 'What we pay the customer for it; null for nothing.' })
  compensation!: Money | null
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the customer was told; null while it is proposed.',
  })
  communicatedAt!: Date | null
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Until when the customer may answer; after that the complaint may be closed without an answer. Null while it is proposed.',
  })
  replyBy!: Date | null
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the customer answered the decision; null until then.',
  })
  repliedAt!: Date | null
}
