import { limits } from '@clientele/contracts'
import {
  combining,
  DateTimeFilter,
  DateTimeScalar,
  enumFilter,
  IDFilter,
  IdempotencyKey,
  IntFilter,
  Limited,
  OrderDirection,
} from '@clientele/kit'
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql'
import { SurveyAnswerInput } from '../answers/answer.input.js'
import { SurveyContextInput } from '../invitations/survey-context.js'
import { ResponseMode } from './response.entity.js'

@InputType({ description: "A customer's own answers to their invitation." })
export class SubmitResponseInput {
  @Field(() => String, { description: 'The token of the invitation.' })
  token!: string
  @Limited(limits.answers)
  @Field(() => [SurveyAnswerInput], { description: 'The answers, one to each required question at least.' })
  answers!: SurveyAnswerInput[]
  @IdempotencyKey(
    'Repeating the request with this key within 24 hours makes no second response: send again what may have been lost.',
  )
  idempotencyKey?: string | null
}

@InputType({ description: 'Answers that a member of staff took down.' })
export class RecordResponseInput {
  @Field(() => ID, { description: 'The survey; it must be published.' })
  surveyId!: string
  @Field(() => Int, {
    nullable: true,
    description:
      'Number of the version that was answered, such as the one that a form was printed from; the current one unless given.',
  })
  surveyVersion?: number | null
  @Field(() => ID, { description: 'Who answered.' })
  customerId!: string
  @Field(() => ResponseMode, { description: 'AGENT or PAPER.' })
  mode!: ResponseMode
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the customer answered, not in the future; now unless given.',
  })
  completedAt?: Date | null
  @Limited(limits.answers)
  @Field(() => [SurveyAnswerInput], { description: 'The answers, one to each required question at least.' })
  answers!: SurveyAnswerInput[]
  @Field(() => SurveyContextInput, { nullable: true, description: 'What was asked about, if one thing.' })
  context?: SurveyContextInput | null
  @IdempotencyKey('Repeating the request with this key within 24 hours records no second response.')
  idempotencyKey?: string | null
}

const ModeFilter = enumFilter(ResponseMode, 'SurveyResponseModeFilter')

@InputType({ description: 'Which responses; all conditions that are given must hold.' })
export class SurveyResponseFilter {
  @Field(() => [SurveyResponseFilter], combining.and)
  and?: SurveyResponseFilter[] | null
  @Field(() => [SurveyResponseFilter], combining.or)
  or?: SurveyResponseFilter[] | null
  @Field(() => SurveyResponseFilter, combining.not)
  not?: SurveyResponseFilter | null
  @Field(() => IDFilter, { nullable: true, description: 'The survey.' })
  surveyId?: IDFilter | null
  @Field(() => IntFilter, { nullable: true, description: 'Number of the version.' })
  surveyVersion?: IntFilter | null
  @Field(() => IDFilter, { nullable: true, description: 'Who answered.' })
  customerId?: IDFilter | null
  @Field(() => ModeFilter, { nullable: true, description: 'How the answers came in.' })
  mode?: object | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When the customer answered.' })
  completedAt?: DateTimeFilter | null
  @Limited(limits.nps)
  @Field(() => IntFilter, { nullable: true, description: 'Likelihood to recommend.' })
  nps?: IntFilter | null
  @Limited(limits.csat)
  @Field(() => IntFilter, { nullable: true, description: 'Satisfaction.' })
  csat?: IntFilter | null
  @Limited(limits.ces)
  @Field(() => IntFilter, { nullable: true, description: 'Ease.' })
  ces?: IntFilter | null
}

export enum SurveyResponseOrderField {
  COMPLETED_AT = 'completedAt',
}
registerEnumType(SurveyResponseOrderField, {
  name: 'SurveyResponseOrderField',
  description: 'What responses can be ordered by.',
})

@InputType({ description: 'The order of a list of responses.' })
export class SurveyResponseOrder {
  @Field(() => SurveyResponseOrderField, { description: 'What to order by.' })
  field!: SurveyResponseOrderField
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end comes first.' })
  direction!: OrderDirection
}
