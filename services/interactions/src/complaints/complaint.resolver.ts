import { type Context, type Page, PageArgs, pageByKey, paginate, requireById } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'
import { timeOfRequest } from '../customer/time-of-request.js'
import { Staff, Team } from '../staff/staff.ref.js'
import { staffNamed, teamNamed } from '../staff/staff-named.js'
import {
  acknowledgeComplaint,
  assessComplaint,
  correctComplaint,
  escalateComplaint,
  receiveComplaint,
} from './complaint.actions.js'
import { Complaint, ComplaintConnection } from './complaint.entity.js'
import {
  AssessComplaintInput,
  AssignComplaintInput,
  ChangeComplaintInput,
  ComplaintFilter,
  ComplaintOrder,
  CorrectComplaintInput,
  complaintWhere,
  EscalateComplaintInput,
  MarkComplaintDuplicateInput,
  ReceiveComplaintInput,
  WithdrawComplaintInput,
} from './complaint.input.js'
import { complaintPolicy } from './complaint.policy.js'
import { assignComplaint } from './complaint-assignment.actions.js'
import { markComplaintDuplicate, withdrawComplaint } from './complaint-duplicates.actions.js'
import { isOverdue } from './complaint-overdue.js'

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
    return requireById(ctx, Complaint, id, complaintPolicy.read)
  }

  @Query(() => ComplaintConnection, {
    description: 'The complaints of all customers, the latest first unless ordered otherwise.',
  })
  async complaints(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ComplaintFilter, { nullable: true, description: 'Only these; all when left out.' })
    filter: ComplaintFilter | null,
    @Arg('orderBy', () => ComplaintOrder, { nullable: true, description: 'Their order.' })
    orderBy: ComplaintOrder | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Complaint>> {
    const { field, direction } = orderBy ?? { field: 'receivedAt', direction: 'desc' as const }
    const where = await complaintWhere(ctx, filter, ctx.now())
    return paginate(ctx.em, Complaint, { ...page, where, orderBy: [[field, direction]] })
  }

  @FieldResolver(() => Customer, {
    nullable: true,
    description: 'The customer who complains.',
  })
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

  @FieldResolver(() => Team, {
    nullable: true,
    description: 'The team that looks after it; null until it is assessed, or where `ownerTeam` names no team.',
  })
  team(@Root() { ownerTeam }: Complaint, @Ctx() ctx: Context): Promise<Team | null> | null {
    return teamNamed(ctx, ownerTeam)
  }

  @FieldResolver(() => Staff, {
    nullable: true,
    description:
      'Who handles it, also where they have left; null where nobody in particular does, or `assigneeId` names nobody.',
  })
  assignee(@Root() { assigneeId }: Complaint, @Ctx() ctx: Context): Promise<Staff | null> | null {
    return staffNamed(ctx, assigneeId)
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether it was not acknowledged or not decided in time, now or earlier. The time does not run while the customer is awaited; what was late before stays late. Never of one that is WITHDRAWN or a DUPLICATE.',
  })
  overdue(@Root() complaint: Complaint, @Ctx() ctx: Context): boolean {
    return isOverdue(complaint, ctx.now())
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
      'Sets right what was taken down of a complaint, also of one that is closed; that and why it was done is told in `corrections`. For admin, manager and service.',
  })
  correctComplaint(
    @Arg('input', () => CorrectComplaintInput, { description: 'The complaint and what is right.' })
    input: CorrectComplaintInput,
    @Ctx() ctx: Context,
  ) {
    return correctComplaint(ctx, input)
  }

  @Mutation(() => Complaint, {
    description: 'Notes that the customer was told that we have it in hand. For admin, manager and service.',
  })
  acknowledgeComplaint(
    @Arg('input', () => ChangeComplaintInput, { description: 'The complaint.' }) input: ChangeComplaintInput,
    @Ctx() ctx: Context,
  ) {
    return acknowledgeComplaint(ctx, input)
  }

  @Mutation(() => Complaint, {
    description:
      'Settles category, severity and team; until a response is proposed it may be corrected. For admin, manager and service.',
  })
  assessComplaint(
    @Arg('input', () => AssessComplaintInput, { description: 'The assessment.' }) input: AssessComplaintInput,
    @Ctx() ctx: Context,
  ) {
    return assessComplaint(ctx, input)
  }

  @Mutation(() => Complaint, {
    description:
      'Gives an open complaint to a member of staff, of its team or not, or back to its team. For admin, manager and service.',
  })
  assignComplaint(
    @Arg('input', () => AssignComplaintInput, { description: 'The complaint and who handles it.' })
    input: AssignComplaintInput,
    @Ctx() ctx: Context,
  ) {
    return assignComplaint(ctx, input)
  }

  @Mutation(() => Complaint, {
    description:
      'Escalates an open complaint: somebody with more say has to look at it. For admin, manager and service.',
  })
  escalateComplaint(
    @Arg('input', () => EscalateComplaintInput, { description: 'The complaint and why.' })
    input: EscalateComplaintInput,
    @Ctx() ctx: Context,
  ) {
    return escalateComplaint(ctx, input)
  }

  @Mutation(() => Complaint, {
    description:
      'Ends a complaint that the customer took back. The first complaint that repeats it is reopened, and the others repeat that one from now on. For admin, manager and service.',
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
      'Ends a complaint that repeats another one of the same customer, which must be open: CONFLICT `complaint.original_ended` otherwise. What repeated it repeats that one from now on. `reopenComplaint` takes it back. For admin, manager and service.',
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
    const where = await complaintWhere(ctx, filter, filter ? await timeOfRequest(ctx) : ctx.now())
    return pageByKey(ctx, Complaint, { ...page, by: 'customerId', key: id, where, orderBy: [['receivedAt', 'desc']] })
  }
}
