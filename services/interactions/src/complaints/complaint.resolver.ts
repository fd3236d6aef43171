import { type Context, NotFound, type Page, PageArgs, pageByKey, paginate } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'
import { acknowledgeComplaint, assessComplaint, escalateComplaint, receiveComplaint } from './complaint.actions.js'
import { Complaint, ComplaintConnection } from './complaint.entity.js'
import {
  AssessComplaintInput,
  ChangeComplaintInput,
  ComplaintFilter,
  ComplaintOrder,
  complaintWhere,
  EscalateComplaintInput,
  MarkComplaintDuplicateInput,
  ReceiveComplaintInput,
  WithdrawComplaintInput,
} from './complaint.input.js'
import { markComplaintDuplicate, withdrawComplaint } from './complaint-duplicates.actions.js'

@Resolver(() => Complaint)
export class ComplaintResolver {
  @Query(() => Complaint, {
    nullable: true,
    description: 'One complaint; null and NOT_FOUND where there is none of this id.',
  })
  async complaint(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<Complaint> {
    const complaint = await ctx.loaders.byId(Complaint, id)
    if (!complaint) throw new NotFound('There is no such complaint.')
    return complaint
  }

  @Query(() => ComplaintConnection, {
    description: 'The complaints of all customers, the latest first unless ordered otherwise.',
  })
  complaints(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ComplaintFilter, { nullable: true, description: 'Only these; all when left out.' })
    filter: ComplaintFilter | null,
    @Arg('orderBy', () => ComplaintOrder, { nullable: true, description: 'Their order.' })
    orderBy: ComplaintOrder | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Complaint>> {
    const { field, direction } = orderBy ?? { field: 'receivedAt', direction: 'desc' as const }
    const where = complaintWhere(filter, ctx.now())
    return paginate(ctx.em, Complaint, { ...page, where, orderBy: [[field, direction]] })
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'The customer who complains.' })
  customer(@Root() complaint: Complaint): Customer {
    return { id: complaint.customerId }
  }

  @FieldResolver(() => Complaint, {
    nullable: true,
    description: 'The complaint that goes on in its place, never a duplicate itself; null unless it is a DUPLICATE.',
  })
  async duplicateOf(@Root() { duplicateOfId }: Complaint, @Ctx() ctx: Context): Promise<Complaint | null> {
    return duplicateOfId ? ctx.loaders.byId(Complaint, duplicateOfId) : null
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether it was not acknowledged or not decided in time, now or earlier. The time stands still while the customer is awaited; what was late before is late still. Never of one that is WITHDRAWN or a DUPLICATE.',
  })
  overdue(@Root() complaint: Complaint, @Ctx() ctx: Context): boolean {
    return complaint.overdueFrom !== null && complaint.overdueFrom < ctx.now()
  }

  @Mutation(() => Complaint, { description: 'Takes a complaint in. For admin, manager, sales and service.' })
  receiveComplaint(
    @Arg('input', () => ReceiveComplaintInput, { description: 'The complaint.' }) input: ReceiveComplaintInput,
    @Ctx() ctx: Context,
  ) {
    return receiveComplaint(ctx, input)
  }

  @Mutation(() => Complaint, {
    description:
      'Notes that the customer was told that we have it in hand. For admin, manager and service, as all that follows.',
  })
  acknowledgeComplaint(
    @Arg('input', () => ChangeComplaintInput, { description: 'The complaint.' }) input: ChangeComplaintInput,
    @Ctx() ctx: Context,
  ) {
    return acknowledgeComplaint(ctx, input)
  }

  @Mutation(() => Complaint, {
    description: 'Settles category, severity and team; until a response is proposed it may be corrected.',
  })
  assessComplaint(
    @Arg('input', () => AssessComplaintInput, { description: 'The assessment.' }) input: AssessComplaintInput,
    @Ctx() ctx: Context,
  ) {
    return assessComplaint(ctx, input)
  }

  @Mutation(() => Complaint, { description: 'Brings an open complaint before those higher up.' })
  escalateComplaint(
    @Arg('input', () => EscalateComplaintInput, { description: 'The complaint and why.' })
    input: EscalateComplaintInput,
    @Ctx() ctx: Context,
  ) {
    return escalateComplaint(ctx, input)
  }

  @Mutation(() => Complaint, {
    description:
      'Ends a complaint that the customer took back. The first complaint that repeats it is reopened, and the others repeat that one from now on.',
  })
  withdrawComplaint(
    @Arg('input', () => WithdrawComplaintInput, { description: 'The complaint and why.' })
    input: WithdrawComplaintInput,
    @Ctx() ctx: Context,
  ) {
    return withdrawComplaint(ctx, input)
  }

  @Mutation(() => Complaint, {
    description:
      'Ends a complaint that repeats another one of the same customer, which must be open: CONFLICT `complaint.original_ended` otherwise. What repeated it repeats that one from now on. `reopenComplaint` takes it back.',
  })
  markComplaintDuplicate(
    @Arg('input', () => MarkComplaintDuplicateInput, { description: 'Both complaints.' })
    input: MarkComplaintDuplicateInput,
    @Ctx() ctx: Context,
  ) {
    return markComplaintDuplicate(ctx, input)
  }
}

@Resolver(() => Customer)
export class CustomerComplaintsResolver {
  @FieldResolver(() => ComplaintConnection, {
    nullable: true,
    description: 'Complaints of this customer, the latest first.',
  })
  async complaints(
    @Root() { id }: Customer,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ComplaintFilter, { nullable: true, description: 'Only these; all when left out.' })
    filter: ComplaintFilter | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Complaint>> {
    const where = complaintWhere(filter, filter ? await timeOf(ctx) : ctx.now())
    return pageByKey(ctx, Complaint, { ...page, by: 'customerId', key: id, where, orderBy: [['receivedAt', 'desc']] })
  }
}

/** One time for all customers of a request: lists whose conditions are the same share one statement. */
const timeOf = (ctx: Context) => ctx.loaders.batch('now', 'now', async () => [ctx.now()])
