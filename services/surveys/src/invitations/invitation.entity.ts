import { connectionOf, DateTimeScalar, EntityType, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, ID, Int, registerEnumType } from 'type-graphql'
import { SurveyContextKind } from './survey-context.js'

export enum InvitationStatus {
  ISSUED = 'ISSUED',
  COMPLETED = 'COMPLETED',
  EXPIRED = 'EXPIRED',
  REVOKED = 'REVOKED',
}
registerEnumType(InvitationStatus, {
  name: 'SurveyInvitationStatus',
  description: 'Where an invitation stands.',
  valuesConfig: {
    ISSUED: { description: 'Waits for its answer.' },
    COMPLETED: { description: 'Was answered.' },
    EXPIRED: { description: 'Ran out unanswered.' },
    REVOKED: { description: 'Was taken back unanswered.' },
  },
})

const SurveyInvitationSchema = defineEntity({
  name: 'SurveyInvitation',
  properties: {
    ...recordColumns,
    surveyId: p.uuid(),
    surveyVersion: p.integer(),
    customerId: p.uuid(),
    channel: p.string(),
    status: p.enum(() => InvitationStatus),
    tokenHash: p.string(),
    expiresAt: p.datetime(),
    contextKind: p.enum(() => SurveyContextKind).nullable(),
    contextId: p.uuid().nullable(),
  },
})

@EntityType(
  'One customer asked to answer one version of a survey, once. Every member of staff with the customer in their access scope may see it.',
)
export class SurveyInvitation extends SurveyInvitationSchema.class {
  @Field(() => ID, { description: 'The survey.' })
  declare surveyId: string
  @Field(() => Int, {
    description: 'Number of the version that is asked: the one that took answers when the invitation was issued.',
  })
  declare surveyVersion: number
  @Field(() => ID, { description: 'Who is asked.' })
  declare customerId: string
  @Field(() => String, { description: 'Code of the way it goes out, such as `email`.' })
  declare channel: string
  @Field(() => InvitationStatus, { description: 'Where it stands.' })
  declare status: InvitationStatus
  @Field(() => DateTimeScalar, { description: 'From when on it cannot be answered any more.' })
  declare expiresAt: Date
}
SurveyInvitationSchema.setClass(SurveyInvitation)

export const SurveyInvitationConnection = connectionOf(SurveyInvitation, 'SurveyInvitation')
