import {
  allow,
  type Context,
  NotFound,
  OrderDirection,
  type Page,
  PageArgs,
  pageByKey,
  paginate,
  toWhere,
} from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { SegmentMembership, SegmentMembershipConnection } from '../memberships/membership.entity.js'
import { textArray } from '../rules/compile.js'
import { addToSegment, archiveSegment, createSegment, removeFromSegment, updateSegment } from './segment.actions.js'
import { Segment, SegmentConnection } from './segment.entity.js'
import {
  ArchiveSegmentInput,
  CreateSegmentInput,
  SegmentFilter,
  SegmentMembersInput,
  SegmentOrder,
  UpdateSegmentInput,
} from './segment.input.js'
import { segmentPolicy } from './segment.policy.js'

const writers = 'For admin, manager and analyst.'

@Resolver(() => Segment)
export class SegmentResolver {
  @Query(() => Segment, { nullable: true, description: 'One segment; NOT_FOUND where there is none. For all staff.' })
  async segment(@Arg('id', () => ID, { description: 'Id of the segment.' }) id: string, @Ctx() ctx: Context) {
    allow(ctx.actor, segmentPolicy.read)
    const segment = await ctx.loaders.byId(Segment, id)
    if (!segment) throw new NotFound('There is no such segment.')
    return segment
  }

  @Query(() => SegmentConnection, { description: 'The segments of the tenant. For all staff.' })
  segments(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SegmentFilter, { nullable: true, description: 'Which segments; all without it.' })
    filter: SegmentFilter | null,
    @Arg('orderBy', () => SegmentOrder, { nullable: true, description: 'By key without it.' })
    orderBy: SegmentOrder | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Segment>> {
    allow(ctx.actor, segmentPolicy.read)
    const direction = orderBy?.direction ?? OrderDirection.ASC
    return paginate(ctx.em, Segment, {
      ...page,
      where: toWhere<Segment>(filter),
      orderBy: [[orderBy?.field ?? 'key', direction]],
    })
  }

  @FieldResolver(() => SegmentMembershipConnection, {
    nullable: true,
    description: 'The present members, latest first. For all staff.',
  })
  members(
    @Root() segment: Segment,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Page<SegmentMembership>> {
    allow(ctx.actor, segmentPolicy.read)
    const orderBy = [['enteredAt', 'desc']] as const
    return pageByKey(ctx, SegmentMembership, {
      ...page,
      by: 'segmentId',
      key: segment.id,
      where: { exitedAt: null },
      orderBy,
    })
  }

  @FieldResolver(() => Int, { nullable: true, description: 'How many members it has now.' })
  memberCount(@Root() { id }: Segment, @Ctx() ctx: Context): Promise<number> {
    allow(ctx.actor, segmentPolicy.read)
    return ctx.loaders.batch('segment.memberCount', id, async (em, ids) => {
      const rows = await em.execute<{ segment_id: string; members: string }[]>(
        `select segment_id, count(*) as members from segment_membership
         where exited_at is null and segment_id = any(?::uuid[]) group by segment_id`,
        [textArray(ids)],
      )
      const counts = new Map(rows.map((row) => [row.segment_id, Number(row.members)]))
      return ids.map((one) => counts.get(one) ?? 0)
    })
  }

  @Mutation(() => Segment, { description: `Defines a segment. ${writers}` })
  createSegment(@Arg('input', () => CreateSegmentInput) input: CreateSegmentInput, @Ctx() ctx: Context) {
    return createSegment(ctx, input)
  }

  @Mutation(() => Segment, { description: `Changes a segment; a new rule moves customers in and out. ${writers}` })
  updateSegment(@Arg('input', () => UpdateSegmentInput) input: UpdateSegmentInput, @Ctx() ctx: Context) {
    return updateSegment(ctx, input)
  }

  @Mutation(() => Segment, { description: `Takes a segment out of use for good; its members leave. ${writers}` })
  archiveSegment(@Arg('input', () => ArchiveSegmentInput) input: ArchiveSegmentInput, @Ctx() ctx: Context) {
    return archiveSegment(ctx, input)
  }

  @Mutation(() => Segment, { description: `Makes customers members of a static segment. ${writers}` })
  addToSegment(@Arg('input', () => SegmentMembersInput) input: SegmentMembersInput, @Ctx() ctx: Context) {
    return addToSegment(ctx, input)
  }

  @Mutation(() => Segment, { description: `Ends memberships of a static segment. ${writers}` })
  removeFromSegment(@Arg('input', () => SegmentMembersInput) input: SegmentMembersInput, @Ctx() ctx: Context) {
    return removeFromSegment(ctx, input)
  }
}
