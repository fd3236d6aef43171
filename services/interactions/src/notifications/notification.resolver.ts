import { type Context, type Page, PageArgs, paginate } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'
import { Staff } from '../staff/staff.ref.js'
import { staffNamed } from '../staff/staff-named.js'
import { markNotificationsRead } from './notification.actions.js'
import { MarkedNotifications, Notification, NotificationConnection } from './notification.entity.js'
import { MarkNotificationsReadInput, NotificationFilter, notificationWhere } from './notification.input.js'
import { textOf } from './notification-text.js'

@Resolver(() => Notification)
export class NotificationResolver {
  @Query(() => NotificationConnection, { description: 'What you were told, the latest first.' })
  notifications(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => NotificationFilter, { nullable: true, description: 'Only these; all when left out.' })
    filter: NotificationFilter | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Notification>> {
    const where = notificationWhere(filter)
    return paginate(ctx.em, Notification, { ...page, where, orderBy: [['createdAt', 'desc']] })
  }

  @Query(() => Int, { description: 'How many of your notifications are unread.' })
  unreadNotificationCount(@Ctx() ctx: Context): Promise<number> {
    return ctx.em.count(Notification, { readAt: null })
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What it says, with the title of the task, the purpose of the visit or the number of the complaint as it is now: in Chinese for whoever works in it, in English for everybody else. Null where it is hidden from you.',
  })
  text(@Root() notification: Notification, @Ctx() ctx: Context): Promise<string> {
    return textOf(ctx, notification)
  }

  @FieldResolver(() => Customer, {
    nullable: true,
    description: 'The customer whom it concerns, if any.',
  })
  customer(@Root() { customerId }: Notification): Customer | null {
    return customerId == null ? null : { id: customerId }
  }

  @FieldResolver(() => Staff, {
    nullable: true,
    description: 'Whoever you stand in for here; null where it is your own.',
  })
  standsInFor(@Root() { standsInForId }: Notification, @Ctx() ctx: Context): Promise<Staff | null> | null {
    return staffNamed(ctx, standsInForId)
  }

  @Mutation(() => MarkedNotifications, {
    description: 'Marks your notifications as read. For admin, manager, sales, service, analyst and privacy_officer.',
  })
  markNotificationsRead(
    @Arg('input', () => MarkNotificationsReadInput, { description: 'Which ones.' }) input: MarkNotificationsReadInput,
    @Ctx() ctx: Context,
  ) {
    return markNotificationsRead(ctx, input)
  }
}
