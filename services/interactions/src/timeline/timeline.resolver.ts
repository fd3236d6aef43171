import { type Context, type Page } from '@clientele/kit'
import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'
import { TimelineArgs, TimelineConnection, type TimelineEntry } from './timeline.entity.js'
import { timelineOf, wantsRows } from './timeline.js'

@Resolver(() => Customer)
export class CustomerTimelineResolver {
  @FieldResolver(() => TimelineConnection, {
    nullable: true,
    description:
      'Visits, complaints and contacts together, the latest first; what is planned for the future comes before.',
  })
  timeline(
    @Root() { id }: Customer,
    @Args(() => TimelineArgs) args: TimelineArgs,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<TimelineEntry>> {
    return timelineOf(ctx, id, args, { rows: wantsRows(info) })
  }
}
