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
  @Field(() => [String], { nullable: true, description: 'For MULTI: keys of the choices.' })
  choices?: string[] | null
  @Field(() => String, { nullable: true, description: 'For TEXT: up to 4000 characters.' })
  text?: string | null
}
