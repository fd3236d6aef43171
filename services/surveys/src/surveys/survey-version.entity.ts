import { limits } from '@clientele/contracts'
import { DateTimeScalar, ListSize, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, Int, ObjectType } from 'type-graphql'
import { SurveyQuestion } from '../questions/question.entity.js'

const SurveyVersionSchema = defineEntity({
  name: 'SurveyVersion',
  properties: {
    id: recordColumns.id,
    surveyId: p.uuid(),
    number: p.integer(),
    title: p.string(),
    questions: p.json<SurveyQuestion[]>(),
    publishedAt: p.datetime(),
    publishedBy: p.string(),
  },
})

@ObjectType({
  description:
    'What a survey asked from one publishing to the next; it never changes. Every member of staff may see it.',
})
export class SurveyVersion extends SurveyVersionSchema.class {
  @Field(() => Int, { description: 'Counted from 1.' })
  declare number: number
  @Field(() => String, { description: 'The title at that time.' })
  declare title: string
  @ListSize(limits.surveyQuestions)
  @Field(() => [SurveyQuestion], { description: 'The questions, in the order in which they are asked.' })
  declare questions: SurveyQuestion[]
  @Field(() => DateTimeScalar, { description: 'When it was published.' })
  declare publishedAt: Date
  @Field(() => String, { description: 'Subject of the person or service that published it.' })
  declare publishedBy: string
}
SurveyVersionSchema.setClass(SurveyVersion)
