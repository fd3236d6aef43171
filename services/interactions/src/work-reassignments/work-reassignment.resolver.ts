import { type Context, type Page, PageArgs, paginate, requireById } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Staff, Team } from '../staff/staff.ref.js'
import { staffNamed, teamNamed } from '../staff/staff-named.js'
import { reassignableWork, reassignWork } from './work-reassignment.actions.js'
import { ReassignableWork, WorkReassignment, WorkReassignmentConnection } from './work-reassignment.entity.js'
import { ReassignWorkInput } from './work-reassignment.input.js'
import { workReassignmentPolicy } from './work-reassignment.policy.js'

@Resolver(() => WorkReassignment)
export class WorkReassignmentResolver {
  @Query(() => ReassignableWork, {
    description:
      'How much of the work of a member of staff `reassignWork` would give to others; the customers whom they look after are told by `customers(filter: { ownerId })` and handed over by `startBulkChange`. For admin and manager.',
  })
  reassignableWork(
    @Arg('fromId', () => String, {
      description: "Whose work it is: the identity provider's subject, or the id, of a member of staff.",
    })
    fromId: string,
    @Ctx() ctx: Context,
  ): Promise<ReassignableWork> {
    return reassignableWork(ctx, fromId)
  }

  @Query(() => WorkReassignment, {
    nullable: true,
    description: 'The reassignment of work of this id; NOT_FOUND where there is none.',
  })
  workReassignment(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() ctx: Context) {
    return requireById(ctx, WorkReassignment, id, workReassignmentPolicy.read)
  }

  @Query(() => WorkReassignmentConnection, { description: 'Reassignments of work, the latest first.' })
  workReassignments(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context): Promise<Page<WorkReassignment>> {
    return paginate(ctx.em, WorkReassignment, { ...page, orderBy: [['createdAt', 'desc']] })
  }

  @FieldResolver(() => Staff, { nullable: true, description: 'Who had the work; null where `fromId` names nobody.' })
  from(@Root() { fromId }: WorkReassignment, @Ctx() ctx: Context): Promise<Staff | null> | null {
    return staffNamed(ctx, fromId)
  }

  @FieldResolver(() => Staff, { nullable: true, description: 'Who gets it; null where a team does.' })
  assignee(@Root() { assigneeId }: WorkReassignment, @Ctx() ctx: Context): Promise<Staff | null> | null {
    return staffNamed(ctx, assigneeId)
  }

  @FieldResolver(() => Team, { nullable: true, description: 'The team that gets it; null where a person does.' })
  team(@Root() { teamKey }: WorkReassignment, @Ctx() ctx: Context): Promise<Team | null> | null {
    return teamNamed(ctx, teamKey)
  }

  @Mutation(() => WorkReassignment, {
    description:
      'Gives what a member of staff has to do to somebody else, or to a team: open tasks, visits that are still to be made, and open complaints that they handle, as far as you may change them. A hundred at once, the rest in the background. For admin and manager.',
  })
  reassignWork(
    @Arg('input', () => ReassignWorkInput, { description: 'Whose work, and who gets it.' }) input: ReassignWorkInput,
    @Ctx() ctx: Context,
  ) {
    return reassignWork(ctx, input)
  }
}
