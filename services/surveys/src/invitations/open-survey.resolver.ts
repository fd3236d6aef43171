import { limits } from '@clientele/contracts'
import { type Context, DateTimeScalar, ListSize, unknownEntity } from '@clientele/kit'
import { Arg, Ctx, Field, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql'
import { SurveyQuestion } from '../questions/question.entity.js'
import { Survey, SurveyStatus } from '../surveys/survey.entity.js'
import { SurveyVersion } from '../surveys/survey-version.entity.js'
import { InvitationStatus, type SurveyInvitation } from './invitation.entity.js'
import { enter } from './token.js'

export enum OpenSurveyState {
  OPEN = 'OPEN',
  ANSWERED = 'ANSWERED',
  EXPIRED = 'EXPIRED',
  REVOKED = 'REVOKED',
  CLOSED = 'CLOSED',
}
registerEnumType(OpenSurveyState, {
  name: 'OpenSurveyState',
  description: 'Whether an invitation can be answered, and if not, why.',
  valuesConfig: {
    OPEN: { description: 'It can be answered.' },
    ANSWERED: { description: 'It was answered already.' },
    EXPIRED: { description: 'It has run out.' },
    REVOKED: { description: 'It was taken back.' },
    CLOSED: { description: 'The survey takes no answers any more.' },
  },
})

@ObjectType({ description: 'What a customer sees who opens their invitation; nothing of it is about them.' })
export class OpenSurvey {
  @Field(() => OpenSurveyState, { description: 'Whether it can be answered.' })
  state!: OpenSurveyState
  @Field(() => String, { description: 'Title of the survey.' })
  title!: string
  @ListSize(limits.surveyQuestions)
  @Field(() => [SurveyQuestion], { description: 'The questions in their order; empty unless it can be answered.' })
  questions!: SurveyQuestion[]
  @Field(() => DateTimeScalar, { description: 'From when on it cannot be answered any more.' })
  expiresAt!: Date
}

@Resolver(() => OpenSurvey)
export class OpenSurveyResolver {
  @Query(() => OpenSurvey, {
    nullable: true,
    description:
      'The survey that an invitation asks to answer. NOT_FOUND for a token that is none. Public: the token stands for the login.',
  })
  async surveyByToken(
    @Arg('token', () => String, { description: 'The token of the invitation.' }) token: string,
    @Ctx() ctx: Context,
  ): Promise<OpenSurvey> {
    const { invitation, guest } = await enter(ctx, token)
    const { surveyId, surveyVersion, expiresAt } = invitation
    const survey = await guest.em.findOne(Survey, { id: surveyId }, { filters: false })
    const version = await guest.em.findOne(SurveyVersion, { surveyId, number: surveyVersion })
    if (!survey || !version) throw unknownEntity('invitation')
    const state = stateOf(invitation, survey, ctx.now())
    return {
      state,
      title: version.title,
      questions: state === OpenSurveyState.OPEN ? version.questions : [],
      expiresAt,
    }
  }
}

const stateOf = ({ status, expiresAt }: SurveyInvitation, survey: Survey, now: Date) => {
  if (status === InvitationStatus.COMPLETED) return OpenSurveyState.ANSWERED
  if (status === InvitationStatus.REVOKED) return OpenSurveyState.REVOKED
  if (status === InvitationStatus.EXPIRED || expiresAt <= now) return OpenSurveyState.EXPIRED
  return survey.status === SurveyStatus.PUBLISHED ? OpenSurveyState.OPEN : OpenSurveyState.CLOSED
}
