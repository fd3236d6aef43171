import { limits } from '@clientele/contracts'
import { Limited } from '@clientele/kit'
import { Field, InputType, Int } from 'type-graphql'

@InputType({
  description: 'The answer to one question: give the one field that fits its kind. An empty one is no answer.',
})
export class SurveyAnswerInput {
  @Field(() => String, { description: 'Key of the question.' })
  question!: string
  @Field(() => Int, { nullable: true, description: 'For NPS 0 to 10, CSAT 1 to 5, CES 1 to 7.' })
  score?: number | null
  @Field(() => String, { nullable: true, description: 'For SINGLE: key of the choice.' })
  choice?: string | null
  @Limited(limits.answerChoices)
  @Field(() => [String], { nullable: true, description: 'For MULTI: keys of the choices, at most 50.' })
  choices?: string[] | null
  @Limited(limits.answerText)
  @Field(() => String, { nullable: true, description: 'For TEXT: up to 4000 characters.' })
  text?: string | null
}
