import { type NotificationKind, notificationKind } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EntityType, recordColumns } from '@clientele/kit'
import { defineEntity, type OptionalProps, p } from '@mikro-orm/core'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'

registerEnumType(notificationKind.enum, {
  name: 'NotificationKind',
  description: 'What somebody is told.',
  valuesConfig: {
    TASK_REMINDER: { description: 'The moment has come at which they are reminded of a task.' },
    TASK_OVERDUE: { description: 'A task should be done by now.' },
    TASK_ASSIGNED: { description: 'Somebody else gave them, or one of their teams, a task.' },
    TASK_REASSIGNED: { description: 'Somebody else gave a task of theirs to another, or to a team.' },
    TASK_COMPLETED: { description: 'Somebody else did a task of theirs.' },
    TASK_CANCELLED: { description: 'Somebody else called a task of theirs off.' },
    VISIT_ASSIGNED: { description: 'Somebody else planned a visit that they make, or gave them one.' },
    VISIT_REASSIGNED: { description: 'Somebody else gave a visit of theirs to another, or to nobody.' },
    VISIT_COMPLETED: { description: 'Somebody else noted that a visit of theirs was made.' },
    VISIT_CANCELLED: { description: 'Somebody else called a visit of theirs off.' },
    VISIT_VOIDED: { description: 'Somebody else declared a visit of theirs void.' },
    COMPLAINT_ASSIGNED: { description: 'Somebody else gave them, or one of their teams, a complaint.' },
    COMPLAINT_REASSIGNED: {
      description: 'Somebody else gave a complaint that they handled to another, or back to its team.',
    },
    COMPLAINT_CLOSED: { description: 'Somebody else closed a complaint that they handled.' },
    COMPLAINT_WITHDRAWN: {
      description: 'Somebody else noted that the customer took back a complaint that they handled.',
    },
    COMPLAINT_DUPLICATE: {
      description: 'Somebody else marked a complaint that they handled as a repetition of another.',
    },
    WORK_ASSIGNED: { description: 'Somebody else gave them, or one of their teams, what a colleague had to do.' },
    WORK_REASSIGNED: { description: 'Somebody else gave what they had to do to another, or to a team.' },
    AUTOMATION: { description: 'An automation tells them what its author wrote.' },
    COMPLAINT_ESCALATED: {
      description:
        'Somebody else escalated a complaint that they or one of their teams handle, or of a customer whom they look after.',
    },
  },
})

@ObjectType({ description: 'What a notification tells of.' })
export class NotificationSubject {
  @Field(() => String, {
    description:
      'Code of what it is, as events call it: `task`, `visit`, `complaint`, `work_reassignment`, `automation`.',
  })
  type!: string
  @Field(() => ID, { description: 'Its id.' })
  id!: string
}

const NotificationSchema = defineEntity({
  name: 'Notification',
  properties: {
    ...recordColumns,
    recipientId: p.string(),
    standsInForId: p.string().nullable(),
    kind: p.enum(() => notificationKind.enum),
    customerId: p.uuid().nullable(),
    subjectType: p.string(),
    subjectId: p.uuid(),
    message: p.string().nullable(),
    readAt: p.datetime().nullable(),
  },
})

@EntityType('Something that a member of staff is told in the app; it is theirs alone.')
export class Notification extends NotificationSchema.class {
  declare [OptionalProps]?: 'subject'
  @Field(() => notificationKind.enum, { description: 'What they are told.' })
  declare kind: NotificationKind
  @Field(() => String, {
    nullable: true,
    description: "The identity provider's subject of whoever they stand in for here; null where it is their own.",
  })
  declare standsInForId: string | null
  @Field(() => ID, { nullable: true, description: 'The customer whom it concerns; null where it concerns none.' })
  declare customerId: string | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was marked as read; null until then.' })
  declare readAt: Date | null

  @Field(() => NotificationSubject, { description: 'What it tells of.' })
  get subject(): NotificationSubject {
    return { type: this.subjectType, id: this.subjectId }
  }

  declare recipientId: string
  declare subjectType: string
  declare subjectId: string
  declare message: string | null
}
NotificationSchema.setClass(Notification)

export const NotificationConnection = connectionOf(Notification, 'Notification')

@ObjectType({ description: 'What came of marking notifications as read.' })
export class MarkedNotifications {
  @Field(() => Int, { description: 'How many were unread and are not any more.' })
  marked!: number
}
