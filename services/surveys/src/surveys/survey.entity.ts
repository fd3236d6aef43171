import { limits } from '@clientele/contracts'
import { connectionOf, EntityType, ListSize, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, Int, registerEnumType } from 'type-graphql'
import { SurveyQuestion } from '../questions/question.entity.js'

export enum SurveyStatus {
  DRAFT = 'DRAFT',
  PUBLISHED = 'PUBLISHED',
  CLOSED = 'CLOSED',
}
registerEnumType(SurveyStatus, {
  name: 'SurveyStatus',
  description: 'Where a survey stands.',
  valuesConfig: {
    DRAFT: { description: 'Never published; takes no answers.' },
    PUBLISHED: { description: 'Has a fixed version that takes answers.' },
    CLOSED: { description: 'Takes no answers any more; its report stays.' },
  },
})

const SurveySchema = defineEntity({
  name: 'Survey',
  properties: {
    ...recordColumns,
    key: p.string(),
    title: p.string(),
    status: p.enum(() => SurveyStatus),
    currentVersion: p.integer(),
    draft: p.json<SurveyQuestion[]>().nullable(),
  },
})

@EntityType(
  'A questionnaire, from its first draft through all versions that were published of it. Every member of staff may see it.',
)
export class Survey extends SurveySchema.class {
  @Field(() => String, {
    description: 'What people and programs name it by; unique, never changes.',
  })
  declare key: string
  @Field(() => String, { description: 'What the customer sees above the questions.' })
  declare title: string
  @Field(() => SurveyStatus, { description: 'Where it stands.' })
  declare status: SurveyStatus
  @Field(() => Int, {
    description: 'Number of the version that takes answers, counted from 1; 0 before the first is published.',
  })
  declare currentVersion: number
  @ListSize(limits.surveyQuestions)
  @Field(() => [SurveyQuestion], {
    nullable: true,
    description: 'Questions of the version that comes next; null while none is being prepared.',
  })
  declare draft: SurveyQuestion[] | null
}
SurveySchema.setClass(Survey)

export const SurveyConnection = connectionOf(Survey, 'Survey')
