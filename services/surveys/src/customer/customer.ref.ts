import { type Context, type Page, PageArgs, pageByKey, within } from '@clientele/kit'
import { Args, Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql'
import { SurveyResponse, SurveyResponseConnection } from '../responses/response.entity.js'
import { customerPolicy } from './customer.policy.js'
import { CustomerSatisfaction, satisfactionOf } from './satisfaction.js'

@Directive('@key(fields: "id")')
@ObjectType()
export class Customer {
  @Field(() => ID)
  id!: string
}

@Resolver(() => Customer)
export class CustomerRefResolver {
  @FieldResolver(() => CustomerSatisfaction, {
    nullable: true,
    description:
      'How satisfied the customer is by their own answers; null while they have given none. For every member of staff.',
  })
  satisfaction(@Root() customer: Customer, @Ctx() ctx: Context): Promise<CustomerSatisfaction | null> {
    return ctx.loaders.batch('Customer.satisfaction', customer.id, (em, ids) =>
      satisfactionOf(em, ids, within(ctx.actor, customerPolicy.read, 'c')),
    )
  }

  @FieldResolver(() => SurveyResponseConnection, {
    nullable: true,
    description: "The customer's responses to surveys, the newest first. For every member of staff.",
  })
  surveyResponses(
    @Root() customer: Customer,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Page<SurveyResponse>> {
    return pageByKey(ctx, SurveyResponse, {
      ...page,
      by: 'customerId',
      key: customer.id,
      orderBy: [['completedAt', 'desc']],
    })
  }
}
