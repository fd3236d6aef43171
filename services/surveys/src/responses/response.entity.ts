import { limits } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EntityType, Limited, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, ID, Int, registerEnumType } from 'type-graphql'
import { SurveyContextKind } from '../invitations/survey-context.js'

export enum ResponseMode {
  SELF = 'SELF',
  AGENT = 'AGENT',
  PAPER = 'PAPER',
}
registerEnumType(ResponseMode, {
  name: 'SurveyResponseMode',
  description: 'How answers came in.',
  valuesConfig: {
    SELF: { description: 'The customer answered with the token of their invitation.' },
    AGENT: { description: 'A member of staff asked, on the phone or in person.' },
    PAPER: { description: 'A member of staff copied a form.' },
  },
})

const SurveyResponseSchema = defineEntity({
  name: 'SurveyResponse',
  properties: {
    ...recordColumns,
    surveyId: p.uuid(),
    surveyVersion: p.integer(),
    customerId: p.uuid(),
    invitationId: p.uuid().nullable(),
    mode: p.enum(() => ResponseMode),
    completedAt: p.datetime(),
    nps: p.integer().nullable(),
    csat: p.integer().nullable(),
    ces: p.integer().nullable(),
    contextKind: p.enum(() => SurveyContextKind).nullable(),
    contextId: p.uuid().nullable(),
  },
})

@EntityType(
  "One customer's answers to one version of a survey. Every member of staff with the customer in their access scope may see it; not everybody sees the texts in it.",
)
export class SurveyResponse extends SurveyResponseSchema.class {
  @Field(() => ID, { description: 'The survey.' })
  declare surveyId: string
  @Field(() => Int, { description: 'Number of the version that was answered.' })
  declare surveyVersion: number
  @Field(() => ID, { description: 'Who answered.' })
  declare customerId: string
  @Field(() => ID, {
    nullable: true,
    description: 'The invitation that was answered; null where staff recorded the answers.',
  })
  declare invitationId: string | null
  @Field(() => ResponseMode, { description: 'How the answers came in.' })
  declare mode: ResponseMode
  @Field(() => DateTimeScalar, { description: 'When the customer gave the answers.' })
  declare completedAt: Date
  @Limited(limits.nps)
  @Field(() => Int, {
    nullable: true,
    description: 'Likelihood to recommend: the answer to the first NPS question that was answered; null without one.',
  })
  declare nps: number | null
  @Limited(limits.csat)
  @Field(() => Int, {
    nullable: true,
    description: 'Satisfaction: the answer to the first CSAT question that was answered; null without one.',
  })
  declare csat: number | null
  @Limited(limits.ces)
  @Field(() => Int, {
    nullable: true,
    description: 'Ease: the answer to the first CES question that was answered; null without one.',
  })
  declare ces: number | null
}
SurveyResponseSchema.setClass(SurveyResponse)

export const SurveyResponseConnection = connectionOf(SurveyResponse, 'SurveyResponse')
