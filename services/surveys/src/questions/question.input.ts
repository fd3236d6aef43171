import { limits } from '@clientele/contracts'
import { Limited } from '@clientele/kit'
import { Field, InputType } from 'type-graphql'
import { QuestionKind } from './question.entity.js'

@InputType({ description: 'A text in one language or both.' })
export class SurveyTextInput {
  @Limited(limits.questionText)
  @Field(() => String, { nullable: true, description: 'In Chinese.' })
  zh?: string | null
  @Limited(limits.questionText)
  @Field(() => String, { nullable: true, description: 'In English.' })
  en?: string | null
}

@InputType({ description: 'One of the answers that a SINGLE or MULTI question offers.' })
export class SurveyChoiceInput {
  @Limited(limits.key)
  @Field(() => String, { description: 'What programs name it by; unique in its question.' })
  key!: string
  @Field(() => SurveyTextInput, { description: 'What the customer reads, in at least one language.' })
  label!: SurveyTextInput
}

@InputType({ description: 'A question for the next version of a survey.' })
export class SurveyQuestionInput {
  @Limited(limits.key)
  @Field(() => String, {
    description: 'What programs name it by; unique in the survey. Keep it from version to version: reports follow it.',
  })
  key!: string
  @Field(() => QuestionKind, { description: 'What it measures.' })
  kind!: QuestionKind
  @Field(() => SurveyTextInput, { description: 'What the customer reads, in at least one language.' })
  text!: SurveyTextInput
  @Field(() => Boolean, { defaultValue: false, description: 'Whether a response must answer it.' })
  required!: boolean
  @Limited(limits.questionChoices)
  @Field(() => [SurveyChoiceInput], {
    nullable: true,
    description: 'What can be chosen; for SINGLE and MULTI only, which need it.',
  })
  choices?: SurveyChoiceInput[] | null
  @Limited(limits.key)
  @Field(() => String, {
    nullable: true,
    description: 'Key of the aspect of the business that it asks about, such as `delivery`.',
  })
  aspect?: string | null
}
