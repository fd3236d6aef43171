import { limits } from '@clientele/contracts'
import { Limited, TextSize } from '@clientele/kit'
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
  @TextSize(limits.visitNote)
  @Field(() => String, {
    nullable: true,
    description: 'What was talked about and agreed; null where it is hidden from you.',
  })
  summary!: string
  @TextSize(limits.visitNote)
  @Field(() => String, {
    nullable: true,
    description:
      'What the customer said about us and our products; null where nothing was noted, or it is hidden from you.',
  })
  customerFeedback!: string | null
  @Field(() => VisitSentiment, {
    nullable: true,
    description: 'The mood of the customer; null where it was not noted.',
  })
  sentiment!: VisitSentiment | null
  @Field(() => String, {
    nullable: true,
    description: 'Code of the outcome, such as `order.placed`; part of the event. Null where none was noted.',
  })
  outcome!: string | null
}

@InputType({ description: 'What of a report is corrected: what is left out stays, null clears all but the summary.' })
export class VisitReportCorrection {
  @Limited(limits.visitNote)
  @Field(() => String, { nullable: true, description: 'What was talked about and agreed.' })
  summary?: string | null
  @Limited(limits.visitNote)
  @Field(() => String, { nullable: true, description: 'What the customer said about us and our products.' })
  customerFeedback?: string | null
  @Field(() => VisitSentiment, { nullable: true, description: 'The mood of the customer.' })
  sentiment?: VisitSentiment | null
  @Limited(limits.code)
  @Field(() => String, {
    nullable: true,
    description: 'Code of the outcome, such as `order.placed`. No free text: it becomes part of the event.',
  })
  outcome?: string | null
}

@InputType({ description: 'What came of a visit.' })
export class VisitReportInput {
  @Limited(limits.visitNote)
  @Field(() => String, { description: 'What was talked about and agreed.' })
  summary!: string
  @Limited(limits.visitNote)
  @Field(() => String, {
    nullable: true,
    description: 'What the customer said about us and our products.',
  })
  customerFeedback?: string | null
  @Field(() => VisitSentiment, { nullable: true, description: 'The mood of the customer.' })
  sentiment?: VisitSentiment | null
  @Limited(limits.code)
  @Field(() => String, {
    nullable: true,
    description: 'Code of the outcome, such as `order.placed`. No free text: it becomes part of the event.',
  })
  outcome?: string | null
}
