import { limits } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, TextSize } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'

export enum DeliveryStatus {
  PENDING = 'PENDING',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(DeliveryStatus, {
  name: 'DeliveryStatus',
  description: 'What became of a delivery.',
  valuesConfig: {
    PENDING: { description: 'It waits for its next attempt, at `nextAt`.' },
    DELIVERED: { description: 'The endpoint took it, with a 2xx answer.' },
    FAILED: { description: 'Every attempt failed; it can be replayed.' },
    CANCELLED: { description: 'The endpoint was disabled; it can be replayed.' },
  },
})

export enum DeliveryCause {
  EVENT = 'EVENT',
  REPLAY = 'REPLAY',
  TEST = 'TEST',
}
registerEnumType(DeliveryCause, {
  name: 'DeliveryCause',
  description: 'Why an event is delivered.',
  valuesConfig: {
    EVENT: { description: 'It happened.' },
    REPLAY: { description: 'It happened, and somebody asked for it again.' },
    TEST: { description: 'It is an example: sendTestEvent.' },
  },
})

const DeliverySchema = defineEntity({
  name: 'Delivery',
  properties: {
    id: p.uuid().primary(),
    endpointId: p.uuid(),
    eventId: p.uuid(),
    eventType: p.string(),
    partitionKey: p.uuid(),
    body: p.text(),
    cause: p.enum(() => DeliveryCause),
    status: p.enum(() => DeliveryStatus),
    attemptCount: p.integer(),
    roundAttempts: p.integer(),
    nextAt: p.datetime().nullable(),
    leasedUntil: p.datetime().nullable(),
    lastStatusCode: p.integer().nullable(),
    lastError: p.string().nullable(),
    createdAt: p.datetime(),
    deliveredAt: p.datetime().nullable(),
  },
})

@ObjectType({ description: 'One event on its way to one webhook endpoint. Seen by admins and privacy officers.' })
export class Delivery extends DeliverySchema.class {
  @Field(() => ID, { description: 'UUIDv7, given once and never reused.' })
  declare id: string
  @Field(() => ID, { description: 'The event: `webhook-id`, and the `id` of the CloudEvent.' })
  declare eventId: string
  @Field(() => String, { description: 'Type of the event.' })
  declare eventType: string
  @TextSize({ most: limits.eventBytes })
  @Field(() => String, { description: 'The CloudEvent as JSON text, as it is posted.' })
  declare body: string
  @Field(() => DeliveryCause, { description: 'Why it is delivered.' })
  declare cause: DeliveryCause
  @Field(() => DeliveryStatus, { description: 'What became of it.' })
  declare status: DeliveryStatus
  @Field(() => Int, { description: 'How often it was tried, replays included.' })
  declare attemptCount: number
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it is tried next; null unless it is PENDING.' })
  declare nextAt: Date | null
  @Field(() => Int, { nullable: true, description: 'HTTP status of the last attempt; null where there was no answer.' })
  declare lastStatusCode: number | null
  @Field(() => String, {
    nullable: true,
    description:
      'Why the last attempt failed: `http.status`, `http.redirect`, `timeout`, `dns`, `tls`, `connection.refused`, `connection.failed`, `url.refused`, or `endpoint.disabled`; null where none has failed.',
  })
  declare lastError: string | null
  @Field(() => DateTimeScalar, { description: 'When the event reached this service.' })
  declare createdAt: Date
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the endpoint took it; null until then.' })
  declare deliveredAt: Date | null
  declare endpointId: string
}
DeliverySchema.setClass(Delivery)

export const DeliveryConnection = connectionOf(Delivery, 'Delivery')
