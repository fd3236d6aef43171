import { limits } from '@clientele/contracts'
import {
  combining,
  DateTimeFilter,
  ExpectedVersion,
  enumFilter,
  IDFilter,
  IdempotencyKey,
  Limited,
  OrderDirection,
} from '@clientele/kit'
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql'
import { InvitationStatus } from './invitation.entity.js'
import { SurveyContextInput } from './survey-context.js'

@InputType({ description: 'An invitation of one customer to a published survey.' })
export class InviteToSurveyInput {
  @Field(() => ID, { description: 'The survey; its current version is asked.' })
  surveyId!: string
  @Field(() => ID, { description: 'Who is asked.' })
  customerId!: string
  @Limited(limits.code)
  @Field(() => String, {
    description: 'Code of the way it goes out, such as `email`, `sms` or `wechat`.',
  })
  channel!: string
  @Limited(limits.invitationDays)
  @Field(() => Int, { defaultValue: 30, description: 'For how many days it can be answered.' })
  expiresInDays!: number
  @Field(() => SurveyContextInput, { nullable: true, description: 'What it asks about, if one thing.' })
  context?: SurveyContextInput | null
  @IdempotencyKey(
    'Repeating the request with this key within 24 hours invites nobody again; the answer shows no token.',
  )
  idempotencyKey?: string | null
}

@InputType({ description: 'Takes an invitation back.' })
export class RevokeInvitationInput {
  @Field(() => ID, { description: 'The invitation.' })
  id!: string
  @ExpectedVersion('Refuses the change when the invitation is at another version.')
  expectedVersion?: number | null
}

const StatusFilter = enumFilter(InvitationStatus, 'SurveyInvitationStatusFilter')

@InputType({ description: 'Which invitations; all conditions that are given must hold.' })
export class SurveyInvitationFilter {
  @Field(() => [SurveyInvitationFilter], combining.and)
  and?: SurveyInvitationFilter[] | null
  @Field(() => [SurveyInvitationFilter], combining.or)
  or?: SurveyInvitationFilter[] | null
  @Field(() => SurveyInvitationFilter, combining.not)
  not?: SurveyInvitationFilter | null
  @Field(() => IDFilter, { nullable: true, description: 'The survey.' })
  surveyId?: IDFilter | null
  @Field(() => IDFilter, { nullable: true, description: 'Who is asked.' })
  customerId?: IDFilter | null
  @Field(() => StatusFilter, { nullable: true, description: 'Where it stands.' })
  status?: object | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When it was issued.' })
  createdAt?: DateTimeFilter | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When it runs out.' })
  expiresAt?: DateTimeFilter | null
}

export enum SurveyInvitationOrderField {
  CREATED_AT = 'createdAt',
  EXPIRES_AT = 'expiresAt',
}
registerEnumType(SurveyInvitationOrderField, {
  name: 'SurveyInvitationOrderField',
  description: 'What invitations can be ordered by.',
})

@InputType({ description: 'The order of a list of invitations.' })
export class SurveyInvitationOrder {
  @Field(() => SurveyInvitationOrderField, { description: 'What to order by.' })
  field!: SurveyInvitationOrderField
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end comes first.' })
  direction!: OrderDirection
}
