import { type Context, PageArgs, paginate, requireById, toWhere } from '@clientele/kit'
import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql'
import { Survey } from '../surveys/survey.entity.js'
import { inviteToSurvey, revokeInvitation } from './invitation.actions.js'
import { SurveyInvitation, SurveyInvitationConnection } from './invitation.entity.js'
import {
  InviteToSurveyInput,
  RevokeInvitationInput,
  SurveyInvitationFilter,
  SurveyInvitationOrder,
  SurveyInvitationOrderField,
} from './invitation.input.js'
import { invitationPolicy } from './invitation.policy.js'
import { contextOf, SurveyContext } from './survey-context.js'

const writers =
  'For admin, service and analyst; for manager and sales with customers of their own or in their territories.'

@ObjectType({ description: 'A new invitation and the secret that answers it.' })
export class IssuedSurveyInvitation {
  @Field(() => SurveyInvitation, { description: 'The invitation.' })
  invitation!: SurveyInvitation
  @Field(() => String, {
    nullable: true,
    description:
      'What the customer answers with, without logging in. Shown this once: only its hash is kept. Null when an idempotency key was repeated.',
  })
  token!: string | null
}

@Resolver(() => SurveyInvitation)
export class InvitationResolver {
  @Query(() => SurveyInvitation, {
    nullable: true,
    description:
      'One invitation. NOT_FOUND where there is none of a customer in your access scope. For every member of staff.',
  })
  async surveyInvitation(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() ctx: Context) {
    return requireById(ctx, SurveyInvitation, id, invitationPolicy.read)
  }

  @Query(() => SurveyInvitationConnection, {
    description:
      'Invitations of the customers in your access scope, the oldest first unless told otherwise. For every member of staff.',
  })
  surveyInvitations(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SurveyInvitationFilter, { nullable: true, description: 'Which ones.' })
    filter: SurveyInvitationFilter | null,
    @Arg('orderBy', () => SurveyInvitationOrder, { nullable: true, description: 'In which order.' })
    order: SurveyInvitationOrder | null,
    @Ctx() ctx: Context,
  ) {
    const orderBy = [[order?.field ?? SurveyInvitationOrderField.CREATED_AT, order?.direction ?? 'asc']] as const
    return paginate(ctx.em, SurveyInvitation, { ...page, where: toWhere<SurveyInvitation>(filter), orderBy })
  }

  @FieldResolver(() => Survey, { nullable: true, description: 'The survey.' })
  survey(@Root() { surveyId }: SurveyInvitation, @Ctx() ctx: Context) {
    return ctx.loaders.byId(Survey, surveyId)
  }

  @FieldResolver(() => SurveyContext, {
    nullable: true,
    description: 'The one thing that it asks about, a visit or a complaint; null where it is none.',
  })
  context(@Root() invitation: SurveyInvitation) {
    return contextOf(invitation)
  }

  @Mutation(() => IssuedSurveyInvitation, {
    description: `Invites a customer to answer a published survey. ${writers}`,
  })
  inviteToSurvey(@Arg('input', () => InviteToSurveyInput) input: InviteToSurveyInput, @Ctx() ctx: Context) {
    return inviteToSurvey(ctx, input)
  }

  @Mutation(() => SurveyInvitation, {
    description: `Takes an unanswered invitation back. ${writers}`,
  })
  revokeInvitation(@Arg('input', () => RevokeInvitationInput) input: RevokeInvitationInput, @Ctx() ctx: Context) {
    return revokeInvitation(ctx, input)
  }
}
