import { limits } from '@clientele/contracts'
import { Limited } from '@clientele/kit'
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql'

export enum VisitSentiment {
  NEGATIVE = 'NEGATIVE',
  NEUTRAL = 'NEUTRAL',
  POSITIVE = 'POSITIVE',
}
registerEnumType(VisitSentiment, {
  name: 'VisitSentiment',
  description: 'The mood of the customer, as the visitor judged it.',
  valuesConfig: {
    NEGATIVE: { description: 'Dissatisfied.' },
    NEUTRAL: { description: 'Neither pleased nor dissatisfied.' },
    POSITIVE: { description: 'Pleased.' },
  },
})

@ObjectType({ description: 'What came of a visit.' })
export class VisitReport {
  @Field(() => String, { nullable: true, description: 'What was talked about and agreed.' })
  summary!: string
  @Field(() => String, { nullable: true, description: 'What the customer said about us and our products.' })
  customerFeedback!: string | null
  @Field(() => VisitSentiment, { nullable: true, description: 'The mood of the customer.' })
  sentiment!: VisitSentiment | null
  @Field(() => String, { nullable: true, description: 'Code of the outcome: `order.placed`. Part of the event.' })
  outcome!: string | null
}

@InputType({ description: 'What came of a visit.' })
export class VisitReportInput {
  @Limited(limits.visitNote)
  @Field(() => String, { description: 'What was talked about and agreed: 1 to 50,000 characters.' })
  summary!: string
  @Limited(limits.visitNote)
  @Field(() => String, {
    nullable: true,
    description: 'What the customer said about us and our products: up to 50,000 characters.',
  })
  customerFeedback?: string | null
  @Field(() => VisitSentiment, { nullable: true, description: 'The mood of the customer.' })
  sentiment?: VisitSentiment | null
  @Limited(limits.code)
  @Field(() => String, {
    nullable: true,
    description:
      'Code of the outcome, such as `order.placed`: up to 64 letters, digits and `.` `_` `:` `-`. No free text: it becomes part of the event.',
  })
  outcome?: string | null
}
