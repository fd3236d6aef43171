import { type Context, type Page, PageArgs, pageByKey, paginate, requireById } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'
import { Staff } from '../staff/staff.ref.js'
import { staffNamed } from '../staff/staff-named.js'
import { cancelVisit, completeVisit, confirmVisit, planVisit, rescheduleVisit, startVisit } from './visit.actions.js'
import { Visit, VisitConnection } from './visit.entity.js'
import {
  AssignVisitInput,
  CancelVisitInput,
  CompleteVisitInput,
  ConfirmVisitInput,
  CorrectVisitInput,
  PlanVisitInput,
  RescheduleVisitInput,
  StartVisitInput,
  VisitFilter,
  VisitOrder,
  VoidVisitInput,
  visitWhere,
} from './visit.input.js'
import { visitPolicy } from './visit.policy.js'
import { assignVisit } from './visit-assignment.actions.js'
import { correctVisit, voidVisit } from './visit-correction.actions.js'

@Resolver(() => Visit)
export class VisitResolver {
  @Query(() => Visit, { nullable: true, description: 'One visit; null and NOT_FOUND where there is none of this id.' })
  async visit(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() ctx: Context): Promise<Visit> {
    return requireById(ctx, Visit, id, visitPolicy.read)
  }

  @Query(() => VisitConnection, {
    description: 'The visits of all customers, the latest planned start first unless ordered otherwise.',
  })
  async visits(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => VisitFilter, { nullable: true, description: 'Only these; all when left out.' })
    filter: VisitFilter | null,
    @Arg('orderBy', () => VisitOrder, { nullable: true, description: 'Their order.' }) orderBy: VisitOrder | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Visit>> {
    const { field, direction } = orderBy ?? { field: 'plannedStart', direction: 'desc' as const }
    const where = await visitWhere(ctx, filter)
    return paginate(ctx.em, Visit, { ...page, where, orderBy: [[field, direction]] })
  }

  @FieldResolver(() => Customer, {
    nullable: true,
    description: 'The customer who is visited.',
  })
  customer(@Root() visit: Visit): Customer {
    return { id: visit.customerId }
  }

  @FieldResolver(() => Staff, {
    nullable: true,
    description: 'Who makes it, also where they have left; null where nobody is named, or `assigneeId` names nobody.',
  })
  assignee(@Root() { assigneeId }: Visit, @Ctx() ctx: Context): Promise<Staff | null> | null {
    return staffNamed(ctx, assigneeId)
  }

  @Mutation(() => Visit, { description: 'Plans a visit. For admin, manager and sales.' })
  planVisit(
    @Arg('input', () => PlanVisitInput, { description: 'What is planned.' }) input: PlanVisitInput,
    @Ctx() ctx: Context,
  ) {
    return planVisit(ctx, input)
  }

  @Mutation(() => Visit, {
    description: 'Moves a visit to another time; the customer has to confirm it again. For admin, manager and sales.',
  })
  rescheduleVisit(
    @Arg('input', () => RescheduleVisitInput, { description: 'The visit, its new time and why.' })
    input: RescheduleVisitInput,
    @Ctx() ctx: Context,
  ) {
    return rescheduleVisit(ctx, input)
  }

  @Mutation(() => Visit, {
    description: 'Gives a visit that is still to be made to somebody else, or to nobody. For admin, manager and sales.',
  })
  assignVisit(
    @Arg('input', () => AssignVisitInput, { description: 'The visit and who makes it.' }) input: AssignVisitInput,
    @Ctx() ctx: Context,
  ) {
    return assignVisit(ctx, input)
  }

  @Mutation(() => Visit, { description: 'Notes that the customer agreed to the time. For admin, manager and sales.' })
  confirmVisit(
    @Arg('input', () => ConfirmVisitInput, { description: 'The visit.' }) input: ConfirmVisitInput,
    @Ctx() ctx: Context,
  ) {
    return confirmVisit(ctx, input)
  }

  @Mutation(() => Visit, {
    description:
      'Begins a visit, now or, where it is entered later, at the time that is given. For admin, manager and sales.',
  })
  startVisit(
    @Arg('input', () => StartVisitInput, { description: 'The visit.' }) input: StartVisitInput,
    @Ctx() ctx: Context,
  ) {
    return startVisit(ctx, input)
  }

  @Mutation(() => Visit, {
    description:
      'Ends a visit that has begun, with its report, now or at the time that is given. For admin, manager and sales.',
  })
  completeVisit(
    @Arg('input', () => CompleteVisitInput, { description: 'The visit and its report.' }) input: CompleteVisitInput,
    @Ctx() ctx: Context,
  ) {
    return completeVisit(ctx, input)
  }

  @Mutation(() => Visit, {
    description: 'Calls a visit off that has not been completed. For admin, manager and sales.',
  })
  cancelVisit(
    @Arg('input', () => CancelVisitInput, { description: 'The visit and why.' }) input: CancelVisitInput,
    @Ctx() ctx: Context,
  ) {
    return cancelVisit(ctx, input)
  }

  @Mutation(() => Visit, {
    description:
      'Sets right what was noted of a visit: its purpose, actual times and report; that and why it was done is told in `corrections`. For admin, manager and sales.',
  })
  correctVisit(
    @Arg('input', () => CorrectVisitInput, { description: 'The visit and what is right.' }) input: CorrectVisitInput,
    @Ctx() ctx: Context,
  ) {
    return correctVisit(ctx, input)
  }

  @Mutation(() => Visit, {
    description:
      'Declares a visit void that was entered by mistake: it is kept, and stands in no timeline. For admin and manager.',
  })
  voidVisit(
    @Arg('input', () => VoidVisitInput, { description: 'The visit and why.' }) input: VoidVisitInput,
    @Ctx() ctx: Context,
  ) {
    return voidVisit(ctx, input)
  }
}

@Resolver(() => Customer)
export class CustomerVisitsResolver {
  @FieldResolver(() => VisitConnection, {
    nullable: true,
    description: 'Visits to this customer, the latest planned start first.',
  })
  async visits(
    @Root() { id }: Customer,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => VisitFilter, { nullable: true, description: 'Only these; all when left out.' })
    filter: VisitFilter | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Visit>> {
    const where = await visitWhere(ctx, filter)
    return pageByKey(ctx, Visit, { ...page, by: 'customerId', key: id, where, orderBy: [['plannedStart', 'desc']] })
  }
}
