import { arrayParameter, type Context, type Page, PageArgs, pageByKey, type SqlCondition, within } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'
import { Segment } from '../segments/segment.entity.js'
import { SegmentMembersInput } from '../segments/segment.input.js'
import { addToSegment, removeFromSegment } from './choice.actions.js'
import { SegmentMembership, SegmentMembershipConnection } from './membership.entity.js'
import { membershipPolicy } from './membership.policy.js'

const choosers = 'For admin and analyst; for manager with customers of their own or in their territories.'

@Resolver(() => SegmentMembership)
export class MembershipResolver {
  @FieldResolver(() => Segment, { nullable: true, description: 'The segment.' })
  segment(@Root() { segmentId }: SegmentMembership, @Ctx() ctx: Context) {
    return ctx.loaders.byId(Segment, segmentId)
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'The customer.' })
  customer(@Root() { customerId }: SegmentMembership): Customer {
    return { id: customerId }
  }

  @Mutation(() => Segment, { description: `Makes customers members of a static segment. ${choosers}` })
  addToSegment(@Arg('input', () => SegmentMembersInput) input: SegmentMembersInput, @Ctx() ctx: Context) {
    return addToSegment(ctx, input)
  }

  @Mutation(() => Segment, { description: `Ends memberships of a static segment. ${choosers}` })
  removeFromSegment(@Arg('input', () => SegmentMembersInput) input: SegmentMembersInput, @Ctx() ctx: Context) {
    return removeFromSegment(ctx, input)
  }
}

@Resolver(() => Segment)
export class SegmentMembersResolver {
  @FieldResolver(() => SegmentMembershipConnection, {
    nullable: true,
    description: 'The present members in your access scope, the latest first. For all staff.',
  })
  members(
    @Root() segment: Segment,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Page<SegmentMembership>> {
    const orderBy = [['enteredAt', 'desc']] as const
    return pageByKey(ctx, SegmentMembership, {
      ...page,
      by: 'segmentId',
      key: segment.id,
      where: { exitedAt: null },
      orderBy,
    })
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How many members it has now, of the customers in your access scope; null, with an error, where they could not be counted.',
  })
  memberCount(@Root() { id }: Segment, @Ctx() ctx: Context): Promise<number> {
    const scope = within(ctx.actor, membershipPolicy.read, 'm')
    return ctx.loaders.batch('segment.memberCount', id, (em, ids) => memberCounts(em, ids, scope))
  }
}

const memberCounts = async (em: Context['em'], segments: readonly string[], scope: SqlCondition) => {
  const rows = await em.execute<{ segment_id: string; members: string }[]>(
    `select segment_id, count(*) as members from segment_membership m
     where exited_at is null and segment_id = any(?::uuid[]) and ${scope.sql} group by segment_id`,
    [arrayParameter(segments), ...scope.params],
  )
  const counts = new Map(rows.map((row) => [row.segment_id, Number(row.members)]))
  return segments.map((id) => counts.get(id) ?? 0)
}
