import { allow, type Context } from '@clientele/kit'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'
import { Segment } from '../segments/segment.entity.js'
import { SegmentMembership } from './membership.entity.js'
import { membershipPolicy } from './membership.policy.js'

@Resolver(() => SegmentMembership)
export class MembershipResolver {
  @FieldResolver(() => Segment, { nullable: true, description: 'The segment.' })
  segment(@Root() { segmentId }: SegmentMembership, @Ctx() ctx: Context) {
    allow(ctx.actor, membershipPolicy.read)
    return ctx.loaders.byId(Segment, segmentId)
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'The customer.' })
  customer(@Root() { customerId }: SegmentMembership, @Ctx() ctx: Context): Customer {
    allow(ctx.actor, membershipPolicy.read)
    return { id: customerId }
  }
}
