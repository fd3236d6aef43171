import { limits } from '@clientele/contracts'
import {
  combining,
  ExpectedVersion,
  enumFilter,
  IdempotencyKey,
  Limited,
  OrderDirection,
  StringFilter,
} from '@clientele/kit'
import { Field, ID, InputType, registerEnumType } from 'type-graphql'
import type {
  ChangeWebhookEndpoint,
  CreateWebhookEndpoint,
  RotateWebhookSecret,
  UpdateWebhookEndpoint,
} from './webhook-endpoint.actions.js'
import { WebhookOrdering, WebhookStatus } from './webhook-endpoint.entity.js'

const urlText =
  'An https URL on port 443 that everybody can reach: no private or local address, no user name, no fragment.'
const typesText =
  'Event types to deliver: exact ones, or patterns in which `*` stands for one part and at the end for all that follow (`clientele.interactions.complaint.*`, `*`). Events about webhook endpoints are never delivered.'

@InputType({ description: 'A new webhook endpoint.' })
export class CreateWebhookEndpointInput implements CreateWebhookEndpoint {
  @Limited(limits.url)
  @Field(() => String, { description: urlText })
  url!: string
  @Limited(limits.webhookTypes)
  @Field(() => [String], { description: typesText })
  types!: string[]
  @Limited(limits.webhookDescription)
  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description?: string | null
  @Field(() => WebhookOrdering, {
    nullable: true,
    description: 'In which order events are delivered; PARALLEL unless given.',
  })
  ordering?: WebhookOrdering | null
  @IdempotencyKey(
    'Repeating the request with this key within 24 hours answers with what was made first, without its secret.',
  )
  idempotencyKey?: string | null
}

@InputType({ description: 'Which webhook endpoint to act on.' })
export class ChangeWebhookEndpointInput implements ChangeWebhookEndpoint {
  @Field(() => ID, { description: 'The endpoint.' })
  id!: string
  @ExpectedVersion('The version that the caller has seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({ description: 'Which webhook endpoint gets a new secret.' })
export class RotateWebhookSecretInput extends ChangeWebhookEndpointInput implements RotateWebhookSecret {
  @IdempotencyKey(
    'Repeating the request with this key within 24 hours rotates nothing more and answers with the endpoint, without its secret.',
  )
  idempotencyKey?: string | null
}

@InputType({ description: 'New settings of a webhook endpoint; what is absent stays as it is.' })
export class UpdateWebhookEndpointInput extends ChangeWebhookEndpointInput implements UpdateWebhookEndpoint {
  @Limited(limits.url)
  @Field(() => String, { nullable: true, description: urlText })
  url?: string | null
  @Limited(limits.webhookTypes)
  @Field(() => [String], { nullable: true, description: typesText })
  types?: string[] | null
  @Limited(limits.webhookDescription)
  @Field(() => String, { nullable: true, description: 'What it is for; null removes it.' })
  description?: string | null
  @Field(() => WebhookOrdering, { nullable: true, description: 'In which order events are delivered.' })
  ordering?: WebhookOrdering | null
}

const WebhookStatusFilter = enumFilter(WebhookStatus, 'WebhookStatusFilter')

@InputType({ description: 'Which webhook endpoints to list; all conditions that are given must hold.' })
export class WebhookEndpointFilter {
  @Field(() => [WebhookEndpointFilter], combining.and)
  and?: WebhookEndpointFilter[] | null
  @Field(() => [WebhookEndpointFilter], combining.or)
  or?: WebhookEndpointFilter[] | null
  @Field(() => WebhookEndpointFilter, combining.not)
  not?: WebhookEndpointFilter | null
  @Field(() => WebhookStatusFilter, { nullable: true, description: 'How it does.' })
  status?: InstanceType<typeof WebhookStatusFilter> | null
  @Field(() => StringFilter, { nullable: true, description: 'Its URL.' })
  url?: StringFilter | null
}

export enum WebhookEndpointOrderField {
  CREATED_AT = 'createdAt',
  URL = 'url',
}
registerEnumType(WebhookEndpointOrderField, {
  name: 'WebhookEndpointOrderField',
  description: 'What webhook endpoints can be ordered by.',
  valuesConfig: {
    CREATED_AT: { description: 'When it was registered.' },
    URL: { description: 'Its URL.' },
  },
})

@InputType({ description: 'How to order webhook endpoints.' })
export class WebhookEndpointOrder {
  @Field(() => WebhookEndpointOrderField, { description: 'By what.' })
  field!: WebhookEndpointOrderField
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end comes first.' })
  direction!: OrderDirection
}
