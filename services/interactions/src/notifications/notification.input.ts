import { limits, notificationKind } from '@clientele/contracts'
import { combining, DateTimeFilter, enumFilter, IDFilter, Limited, toWhere } from '@clientele/kit'
import type { FilterQuery } from '@mikro-orm/core'
import { Field, ID, InputType } from 'type-graphql'
import type { Notification } from './notification.entity.js'

@InputType({ description: 'Which of your notifications are read: those of these ids, or all.' })
export class MarkNotificationsReadInput {
  @Limited(limits.notificationsMarked)
  @Field(() => [ID], { nullable: true, description: 'Those that are read; who are not yours change nothing.' })
  ids?: string[] | null
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether all are read; INVALID `notification.ids_or_all` beside `ids`, and without either.',
  })
  all!: boolean
}

const NotificationKindFilter = enumFilter(notificationKind.enum, 'NotificationKindFilter')

@InputType({ description: 'Which notifications; all conditions that are given must hold.' })
export class NotificationFilter {
  @Field(() => [NotificationFilter], combining.and)
  and?: NotificationFilter[] | null
  @Field(() => [NotificationFilter], combining.or)
  or?: NotificationFilter[] | null
  @Field(() => NotificationFilter, combining.not)
  not?: NotificationFilter | null
  @Field(() => NotificationKindFilter, { nullable: true, description: 'What you are told.' })
  kind?: object | null
  @Field(() => IDFilter, { nullable: true, description: 'The customer whom it concerns.' })
  customerId?: IDFilter | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When you were told.' })
  createdAt?: DateTimeFilter | null
  @Field(() => Boolean, { nullable: true, description: 'Whether it has not been marked as read.' })
  unread?: boolean | null
}

export const notificationWhere = (filter: NotificationFilter | null | undefined) =>
  toWhere<Notification>(filter, {
    unread: (unread: boolean): FilterQuery<Notification> => ({ readAt: unread ? null : { $ne: null } }),
  })
