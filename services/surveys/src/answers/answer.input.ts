import { limits } from '@clientele/contracts'
import { Limited, rangeOf } from '@clientele/kit'
import { Field, InputType, Int } from 'type-graphql'

@InputType({
  description: 'The answer to one question: give the one field that fits its kind. An empty one is no answer.',
})
export class SurveyAnswerInput {
  @Field(() => String, { description: 'Key of the question.' })
  question!: string
  @Field(() => Int, {
    nullable: true,
    description: `For NPS ${rangeOf(limits.nps)}, CSAT ${rangeOf(limits.csat)}, CES ${rangeOf(limits.ces)}.`,
  })
  score?: number | null
  @Field(() => String, { nullable: true, description: 'For SINGLE: key of the choice.' })
  choice?: string | null
  @Limited(limits.answerChoices)
  @Field(() => [String], { nullable: true, description: 'For MULTI: keys of the choices.' })
  choices?: string[] | null
  @Limited(limits.answerText)
  @Field(() => String, { nullable: true, description: 'For TEXT: what the customer says.' })
  text?: string | null
}
