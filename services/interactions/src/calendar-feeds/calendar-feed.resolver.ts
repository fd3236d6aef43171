import type { Context } from '@clientele/kit'
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import { createCalendarFeed, removeCalendarFeed } from './calendar-feed.actions.js'
import { CalendarFeed } from './calendar-feed.entity.js'
import { CreateCalendarFeedInput, RemoveCalendarFeedInput } from './calendar-feed.input.js'

@Resolver(() => CalendarFeed)
export class CalendarFeedResolver {
  @Query(() => CalendarFeed, {
    nullable: true,
    description:
      'Your link for calendar programs, without the link itself; null where you have none. For admin, manager, sales, service, analyst and privacy_officer.',
  })
  calendarFeed(@Ctx() { em, actor }: Context): Promise<CalendarFeed | null> {
    return em.findOne(CalendarFeed, { subject: actor.subject })
  }

  @Mutation(() => CalendarFeed, {
    description:
      'Makes a link by which a calendar program such as Outlook, Apple Calendar or Google Calendar reads your visits and tasks; only this answer holds it. One that you had before ends. For admin, manager, sales, service, analyst and privacy_officer.',
  })
  createCalendarFeed(
    @Arg('input', () => CreateCalendarFeedInput, { defaultValue: {}, description: 'How.' })
    input: CreateCalendarFeedInput,
    @Ctx() ctx: Context,
  ) {
    return createCalendarFeed(ctx, input)
  }

  @Mutation(() => CalendarFeed, {
    description:
      'Ends your link for calendar programs, or as admin that of somebody else; the answer is as it was. For admin, manager, sales, service, analyst and privacy_officer.',
  })
  removeCalendarFeed(
    @Arg('input', () => RemoveCalendarFeedInput, { description: 'Whose.' }) input: RemoveCalendarFeedInput,
    @Ctx() ctx: Context,
  ) {
    return removeCalendarFeed(ctx, input)
  }
}
