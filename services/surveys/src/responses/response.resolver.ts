import { limits } from '@clientele/contracts'
import { type Context, DateTimeScalar, ListSize, PageArgs, paginate, requireById, toWhere } from '@clientele/kit'
import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql'
import { SurveyAnswer } from '../answers/answer.entity.js'
import { answersOf } from '../answers/answers-of.js'
import { Customer } from '../customer/customer.ref.js'
import { contextOf, SurveyContext } from '../invitations/survey-context.js'
import { Survey } from '../surveys/survey.entity.js'
import { recordResponse, submitResponse } from './response.actions.js'
import { SurveyResponse, SurveyResponseConnection } from './response.entity.js'
import {
  RecordResponseInput,
  SubmitResponseInput,
  SurveyResponseFilter,
  SurveyResponseOrder,
  SurveyResponseOrderField,
} from './response.input.js'
import { responsePolicy } from './response.policy.js'

@ObjectType({ description: 'What a customer gets for their answers: nothing but what they have sent.' })
export class SurveyResponseReceipt {
  @Field(() => ID, { description: 'Id of the response.' })
  id!: string
  @Field(() => DateTimeScalar, { description: 'When it came in.' })
  completedAt!: Date
}

@Resolver(() => SurveyResponse)
export class ResponseResolver {
  @Query(() => SurveyResponse, {
    nullable: true,
    description:
      'One response. NOT_FOUND where there is none of a customer in your access scope. For every member of staff.',
  })
  async surveyResponse(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() ctx: Context) {
    return requireById(ctx, SurveyResponse, id, responsePolicy.read)
  }

  @Query(() => SurveyResponseConnection, {
    description:
      'Responses of the customers in your access scope, the oldest first unless told otherwise. For every member of staff.',
  })
  surveyResponses(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SurveyResponseFilter, { nullable: true, description: 'Which ones.' })
    filter: SurveyResponseFilter | null,
    @Arg('orderBy', () => SurveyResponseOrder, { nullable: true, description: 'In which order.' })
    order: SurveyResponseOrder | null,
    @Ctx() ctx: Context,
  ) {
    const orderBy = [[order?.field ?? SurveyResponseOrderField.COMPLETED_AT, order?.direction ?? 'asc']] as const
    return paginate(ctx.em, SurveyResponse, { ...page, where: toWhere<SurveyResponse>(filter), orderBy })
  }

  @FieldResolver(() => Survey, { nullable: true, description: 'The survey.' })
  survey(@Root() { surveyId }: SurveyResponse, @Ctx() ctx: Context) {
    return ctx.loaders.byId(Survey, surveyId)
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'Who answered.' })
  customer(@Root() { customerId }: SurveyResponse) {
    return Object.assign(new Customer(), { id: customerId })
  }

  @FieldResolver(() => SurveyContext, {
    nullable: true,
    description: 'The one thing that was asked about, a visit or a complaint; null where it was none.',
  })
  context(@Root() response: SurveyResponse) {
    return contextOf(response)
  }

  @ListSize(limits.answers)
  @FieldResolver(() => [SurveyAnswer], {
    description: 'The answers, in the order of the questions; what was not answered is not among them.',
  })
  answers(@Root() { id }: SurveyResponse, @Ctx() ctx: Context) {
    return ctx.loaders.batch('SurveyResponse.answers', id, answersOf)
  }

  @Mutation(() => SurveyResponseReceipt, {
    description: 'Answers an invitation, once. Public: the token stands for the login.',
  })
  submitResponse(@Arg('input', () => SubmitResponseInput) input: SubmitResponseInput, @Ctx() ctx: Context) {
    return submitResponse(ctx, input)
  }

  @Mutation(() => SurveyResponse, {
    description:
      'Takes down answers that a customer gave in person, on the phone or on paper. For admin and service; for manager and sales with customers of their own or in their territories.',
  })
  recordResponse(@Arg('input', () => RecordResponseInput) input: RecordResponseInput, @Ctx() ctx: Context) {
    return recordResponse(ctx, input)
  }
}
