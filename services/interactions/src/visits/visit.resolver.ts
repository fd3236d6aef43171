import { type Context, NotFound, type Page, PageArgs, pageByKey, paginate, toWhere } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'
import { cancelVisit, completeVisit, confirmVisit, planVisit, rescheduleVisit, startVisit } from './visit.actions.js'
import { Visit, VisitConnection } from './visit.entity.js'
import {
  CancelVisitInput,
  ChangeVisitInput,
  CompleteVisitInput,
  PlanVisitInput,
  RescheduleVisitInput,
  VisitFilter,
  VisitOrder,
} from './visit.input.js'

@Resolver(() => Visit)
export class VisitResolver {
  @Query(() => Visit, { nullable: true, description: 'One visit; null and NOT_FOUND where there is none of this id.' })
  async visit(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() ctx: Context): Promise<Visit> {
    const visit = await ctx.loaders.byId(Visit, id)
    if (!visit) throw new NotFound('There is no such visit.')
    return visit
  }

  @Query(() => VisitConnection, {
    description: 'The visits of all customers, the latest planned start first unless ordered otherwise.',
  })
  visits(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => VisitFilter, { nullable: true, description: 'Only these; all when left out.' })
    filter: VisitFilter | null,
    @Arg('orderBy', () => VisitOrder, { nullable: true, description: 'Their order.' }) orderBy: VisitOrder | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Visit>> {
    const { field, direction } = orderBy ?? { field: 'plannedStart', direction: 'desc' as const }
    return paginate(ctx.em, Visit, { ...page, where: toWhere<Visit>(filter), orderBy: [[field, direction]] })
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'The customer who is visited.' })
  customer(@Root() visit: Visit): Customer {
    return { id: visit.customerId }
  }

  @Mutation(() => Visit, { description: 'Plans a visit. For admin, manager and sales, as all changes of visits.' })
  planVisit(
    @Arg('input', () => PlanVisitInput, { description: 'What is planned.' }) input: PlanVisitInput,
    @Ctx() ctx: Context,
  ) {
    return planVisit(ctx, input)
  }

  @Mutation(() => Visit, { description: 'Moves a visit to another time; the customer has to confirm it again.' })
  rescheduleVisit(
    @Arg('input', () => RescheduleVisitInput, { description: 'The visit, its new time and why.' })
    input: RescheduleVisitInput,
    @Ctx() ctx: Context,
  ) {
    return rescheduleVisit(ctx, input)
  }

  @Mutation(() => Visit, { description: 'Notes that the customer agreed to the time.' })
  confirmVisit(
    @Arg('input', () => ChangeVisitInput, { description: 'The visit.' }) input: ChangeVisitInput,
    @Ctx() ctx: Context,
  ) {
    return confirmVisit(ctx, input)
  }

  @Mutation(() => Visit, { description: 'Begins a visit, now.' })
  startVisit(
    @Arg('input', () => ChangeVisitInput, { description: 'The visit.' }) input: ChangeVisitInput,
    @Ctx() ctx: Context,
  ) {
    return startVisit(ctx, input)
  }

  @Mutation(() => Visit, { description: 'Ends a visit that has begun, with its report.' })
  completeVisit(
    @Arg('input', () => CompleteVisitInput, { description: 'The visit and its report.' }) input: CompleteVisitInput,
    @Ctx() ctx: Context,
  ) {
    return completeVisit(ctx, input)
  }

  @Mutation(() => Visit, { description: 'Calls a visit off that has not been completed.' })
  cancelVisit(
    @Arg('input', () => CancelVisitInput, { description: 'The visit and why.' }) input: CancelVisitInput,
    @Ctx() ctx: Context,
  ) {
    return cancelVisit(ctx, input)
  }
}

@Resolver(() => Customer)
export class CustomerVisitsResolver {
  @FieldResolver(() => VisitConnection, {
    nullable: true,
    description: 'Visits to this customer, the latest planned start first.',
  })
  visits(
    @Root() { id }: Customer,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => VisitFilter, { nullable: true, description: 'Only these; all when left out.' })
    filter: VisitFilter | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Visit>> {
    const where = toWhere<Visit>(filter)
    return pageByKey(ctx, Visit, { ...page, by: 'customerId', key: id, where, orderBy: [['plannedStart', 'desc']] })
  }
}
