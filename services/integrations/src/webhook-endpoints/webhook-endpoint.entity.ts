import { limits } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EntityType, ListSize, recordColumns, TextSize } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, registerEnumType } from 'type-graphql'

export enum WebhookStatus {
  ACTIVE = 'ACTIVE',
  FAILING = 'FAILING',
  DISABLED = 'DISABLED',
}
registerEnumType(WebhookStatus, {
  name: 'WebhookStatus',
  description: 'How a webhook endpoint does.',
  valuesConfig: {
    ACTIVE: { description: 'Events are delivered.' },
    FAILING: { description: 'Deliveries fail since `failingSince`; they are tried again.' },
    DISABLED: { description: 'Nothing is delivered; events that arrive meanwhile are kept as CANCELLED deliveries.' },
  },
})

export enum WebhookDisabledReason {
  BY_HAND = 'BY_HAND',
  GONE = 'GONE',
  ONLY_FAILURES = 'ONLY_FAILURES',
}
registerEnumType(WebhookDisabledReason, {
  name: 'WebhookDisabledReason',
  description: 'Why a webhook endpoint is disabled.',
  valuesConfig: {
    BY_HAND: { description: 'An admin disabled it.' },
    GONE: { description: 'It answered 410 Gone.' },
    ONLY_FAILURES: { description: 'Every delivery of five days failed.' },
  },
})

export enum WebhookOrdering {
  PARALLEL = 'PARALLEL',
  PER_CUSTOMER = 'PER_CUSTOMER',
}
registerEnumType(WebhookOrdering, {
  name: 'WebhookOrdering',
  description: 'In which order the events of an endpoint are delivered.',
  valuesConfig: {
    PARALLEL: {
      description: 'As fast as possible: a failed event does not hold up others; `sequence` tells their order.',
    },
    PER_CUSTOMER: {
      description: 'One after the other per customer: a failed event holds up the later ones of its customer.',
    },
  },
})

const WebhookEndpointSchema = defineEntity({
  name: 'WebhookEndpoint',
  properties: {
    ...recordColumns,
    url: p.string(),
    description: p.string().nullable(),
    types: p.array<string>(),
    ordering: p.enum(() => WebhookOrdering),
    status: p.enum(() => WebhookStatus),
    disabledReason: p.enum(() => WebhookDisabledReason).nullable(),
    failingSince: p.datetime().nullable(),
    pausedUntil: p.datetime().nullable(),
  },
})

@EntityType(
  'A URL of a partner that receives events, signed as Standard Webhooks 1.0. Seen by admins and privacy officers.',
)
export class WebhookEndpoint extends WebhookEndpointSchema.class {
  @TextSize(limits.url)
  @Field(() => String, { description: 'Where events are posted to: an https URL.' })
  declare url: string
  @Field(() => String, {
    nullable: true,
    description: 'What it is for, in the words of whoever set it up; null where they gave none.',
  })
  declare description: string | null
  @ListSize(limits.webhookTypes)
  @Field(() => [String], {
    description: 'Event types that it receives; `*` stands for one part, at the end for all that follow.',
  })
  declare types: string[]
  @Field(() => WebhookOrdering, { description: 'In which order events are delivered.' })
  declare ordering: WebhookOrdering
  @Field(() => WebhookStatus, { description: 'How it does.' })
  declare status: WebhookStatus
  @Field(() => WebhookDisabledReason, { nullable: true, description: 'Why it is disabled; null while it is not.' })
  declare disabledReason: WebhookDisabledReason | null
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Since when every delivery fails; null where the last one succeeded.',
  })
  declare failingSince: Date | null
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when the endpoint asked us to wait, by Retry-After; null where it did not.',
  })
  declare pausedUntil: Date | null
  @Field(() => String, {
    nullable: true,
    description:
      'The signing secret, `whsec_` and base64: only in the first answer to createWebhookEndpoint and rotateWebhookSecret, null ever after.',
  })
  secret?: string | null
}
WebhookEndpointSchema.setClass(WebhookEndpoint)

export const WebhookEndpointConnection = connectionOf(WebhookEndpoint, 'WebhookEndpoint')
