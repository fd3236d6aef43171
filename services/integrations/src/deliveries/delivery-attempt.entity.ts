import { limits } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, TextSize } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, ID, Int, ObjectType } from 'type-graphql'

const DeliveryAttemptSchema = defineEntity({
  name: 'DeliveryAttempt',
  properties: {
    id: p.uuid().primary(),
    deliveryId: p.uuid(),
    at: p.datetime(),
    durationMs: p.integer(),
    statusCode: p.integer().nullable(),
    error: p.string().nullable(),
    responseSnippet: p.string().nullable(),
  },
})

@ObjectType({ description: 'One try of a delivery. Seen by admins and privacy officers.' })
export class DeliveryAttempt extends DeliveryAttemptSchema.class {
  @Field(() => ID, { description: 'UUIDv7, given once and never reused.' })
  declare id: string
  @Field(() => DateTimeScalar, { description: 'When it began.' })
  declare at: Date
  @Field(() => Int, { description: 'How long it took, in milliseconds.' })
  declare durationMs: number
  @Field(() => Int, { nullable: true, description: 'HTTP status; null where there was no answer.' })
  declare statusCode: number | null
  @Field(() => String, {
    nullable: true,
    description: 'Why it failed, by the codes of `Delivery.lastError`; null where it succeeded.',
  })
  declare error: string | null
  @TextSize({ most: limits.responseSnippetBytes })
  @Field(() => String, {
    nullable: true,
    description: 'The beginning of the answer, at most 1 kB; null without an answer, or where it is hidden from you.',
  })
  declare responseSnippet: string | null
}
DeliveryAttemptSchema.setClass(DeliveryAttempt)

export const DeliveryAttemptConnection = connectionOf(DeliveryAttempt, 'DeliveryAttempt')
