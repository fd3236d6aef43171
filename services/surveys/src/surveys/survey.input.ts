import { limits } from '@clientele/contracts'
import {
  combining,
  DateTimeFilter,
  ExpectedVersion,
  enumFilter,
  IdempotencyKey,
  Limited,
  OrderDirection,
  StringFilter,
} from '@clientele/kit'
import { Field, ID, InputType, registerEnumType } from 'type-graphql'
import { SurveyQuestionInput } from '../questions/question.input.js'
import { SurveyStatus } from './survey.entity.js'

@InputType({ description: 'A new survey, as a draft.' })
export class CreateSurveyInput {
  @Limited(limits.key)
  @Field(() => String, { description: 'What people and programs name it by; unique, never changes.' })
  key!: string
  @Limited(limits.surveyTitle)
  @Field(() => String, { description: 'What the customer sees above the questions.' })
  title!: string
  @Limited(limits.surveyQuestions)
  @Field(() => [SurveyQuestionInput], {
    defaultValue: [],
    description: 'Its questions, in the order in which they are asked; one at least is needed to publish.',
  })
  questions!: SurveyQuestionInput[]
  @IdempotencyKey('Repeating the request with this key within 24 hours makes no second survey.')
  idempotencyKey?: string | null
}

@InputType({ description: 'Changes to a survey that is not closed; what is left out stays.' })
export class UpdateSurveyInput {
  @Field(() => ID, { description: 'The survey.' })
  id!: string
  @Limited(limits.surveyTitle)
  @Field(() => String, {
    nullable: true,
    description: 'What the customer sees above the questions, from the next version on.',
  })
  title?: string | null
  @Limited(limits.surveyQuestions)
  @Field(() => [SurveyQuestionInput], {
    nullable: true,
    description: 'Replaces all questions of the draft; a published survey gets a draft of its next version.',
  })
  questions?: SurveyQuestionInput[] | null
  @ExpectedVersion('Refuses the change when the survey is at another version.')
  expectedVersion?: number | null
}

@InputType({ description: 'Fixes the draft as the version that takes answers.' })
export class PublishSurveyInput {
  @Field(() => ID, { description: 'The survey.' })
  id!: string
  @ExpectedVersion('Refuses the change when the survey is at another version.')
  expectedVersion?: number | null
}

@InputType({ description: 'Stops a survey from taking answers, for good.' })
export class CloseSurveyInput {
  @Field(() => ID, { description: 'The survey.' })
  id!: string
  @ExpectedVersion('Refuses the change when the survey is at another version.')
  expectedVersion?: number | null
}

const SurveyStatusFilter = enumFilter(SurveyStatus, 'SurveyStatusFilter')

@InputType({ description: 'Which surveys; all conditions that are given must hold.' })
export class SurveyFilter {
  @Field(() => [SurveyFilter], combining.and)
  and?: SurveyFilter[] | null
  @Field(() => [SurveyFilter], combining.or)
  or?: SurveyFilter[] | null
  @Field(() => SurveyFilter, combining.not)
  not?: SurveyFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'Its key.' })
  key?: StringFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'Its title.' })
  title?: StringFilter | null
  @Field(() => SurveyStatusFilter, { nullable: true, description: 'Where it stands.' })
  status?: object | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When it was created.' })
  createdAt?: DateTimeFilter | null
}

export enum SurveyOrderField {
  CREATED_AT = 'createdAt',
  KEY = 'key',
  TITLE = 'title',
}
registerEnumType(SurveyOrderField, { name: 'SurveyOrderField', description: 'What surveys can be ordered by.' })

@InputType({ description: 'The order of a list of surveys.' })
export class SurveyOrder {
  @Field(() => SurveyOrderField, { description: 'What to order by.' })
  field!: SurveyOrderField
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end comes first.' })
  direction!: OrderDirection
}
