import { type Context, type Page, PageArgs } from '@clientele/kit'
import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'
import { TimelineArgs, TimelineConnection, type TimelineEntry } from './timeline.entity.js'
import { timelineOf, wantsRows } from './timeline.js'
import { past, upcoming } from './timeline-part.js'

@Resolver(() => Customer)
export class CustomerTimelineResolver {
  @FieldResolver(() => TimelineConnection, {
    nullable: true,
    description:
      'Visits, complaints and contacts together until now, the latest first, without those that were voided. What is planned is in `upcoming`; a visit that was called off is here when its planned time has passed.',
  })
  timeline(
    @Root() { id }: Customer,
    @Args(() => TimelineArgs) args: TimelineArgs,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<TimelineEntry>> {
    return timelineOf(ctx, id, past, args, { rows: wantsRows(info) })
  }
  @FieldResolver(() => TimelineConnection, {
    nullable: true,
    description: 'What is planned with the customer from now on, the next first: visits that are planned or confirmed.',
  })
  upcoming(
    @Root() { id }: Customer,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<TimelineEntry>> {
    return timelineOf(ctx, id, upcoming, args, { rows: wantsRows(info) })
  }
}
