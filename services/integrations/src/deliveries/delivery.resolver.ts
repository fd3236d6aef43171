import {
  type Context,
  combining,
  DateTimeFilter,
  DateTimeScalar,
  enumFilter,
  IdempotencyKey,
  type Page,
  PageArgs,
  pageByKey,
  requireById,
  StringFilter,
  toWhere,
} from '@clientele/kit'
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import { WebhookEndpoint } from '../webhook-endpoints/webhook-endpoint.entity.js'
import {
  type ReplayDelivery,
  type ReplayFailedDeliveries,
  replayDelivery,
  replayFailedDeliveries,
  type SendTestEvent,
  sendTestEvent,
} from './delivery.actions.js'
import { Delivery, DeliveryCause, DeliveryConnection, DeliveryStatus } from './delivery.entity.js'
import { deliveryPolicy } from './delivery.policy.js'
import { DeliveryAttempt, DeliveryAttemptConnection } from './delivery-attempt.entity.js'

const DeliveryStatusFilter = enumFilter(DeliveryStatus, 'DeliveryStatusFilter')
const DeliveryCauseFilter = enumFilter(DeliveryCause, 'DeliveryCauseFilter')

@InputType({ description: 'Which deliveries to list; all conditions that are given must hold.' })
export class DeliveryFilter {
  @Field(() => [DeliveryFilter], combining.and)
  and?: DeliveryFilter[] | null
  @Field(() => [DeliveryFilter], combining.or)
  or?: DeliveryFilter[] | null
  @Field(() => DeliveryFilter, combining.not)
  not?: DeliveryFilter | null
  @Field(() => DeliveryStatusFilter, { nullable: true, description: 'What became of it.' })
  status?: InstanceType<typeof DeliveryStatusFilter> | null
  @Field(() => DeliveryCauseFilter, { nullable: true, description: 'Why it is delivered.' })
  cause?: InstanceType<typeof DeliveryCauseFilter> | null
  @Field(() => StringFilter, { nullable: true, description: 'Type of the event.' })
  eventType?: StringFilter | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When the event reached this service.' })
  createdAt?: DateTimeFilter | null
}

@InputType({ description: 'Which delivery to replay.' })
export class ReplayDeliveryInput implements ReplayDelivery {
  @Field(() => ID, { description: 'The delivery.' })
  id!: string
  @IdempotencyKey(
    'Repeating the request with this key within 24 hours sends nothing more and answers with the delivery.',
  )
  idempotencyKey?: string | null
}

@InputType({ description: 'Which deliveries to replay.' })
export class ReplayFailedDeliveriesInput implements ReplayFailedDeliveries {
  @Field(() => ID, { description: 'The endpoint.' })
  endpointId!: string
  @Field(() => DateTimeScalar, { description: 'Only events that reached this service at or after this time.' })
  since!: Date
}

@InputType({ description: 'What to send as a test.' })
export class SendTestEventInput implements SendTestEvent {
  @Field(() => ID, { description: 'The endpoint.' })
  endpointId!: string
  @Field(() => String, {
    nullable: true,
    description: 'Type of the example; the first that the endpoint subscribes to unless given.',
  })
  type?: string | null
  @IdempotencyKey(
    'Repeating the request with this key within 24 hours sends nothing more and answers with what was sent first.',
  )
  idempotencyKey?: string | null
}

@ObjectType({ description: 'What a replay set off.' })
export class ReplayedDeliveries {
  @Field(() => WebhookEndpoint, { description: 'The endpoint.' })
  endpoint!: WebhookEndpoint
  @Field(() => Int, { description: 'How many deliveries wait again.' })
  count!: number
}

@Resolver(() => Delivery)
export class DeliveryResolver {
  @Query(() => Delivery, { nullable: true, description: 'One delivery. For admins and privacy officers.' })
  async delivery(
    @Arg('id', () => ID, { description: 'The delivery.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<Delivery> {
    return requireById(ctx, Delivery, id, deliveryPolicy.read)
  }

  @FieldResolver(() => WebhookEndpoint, { nullable: true, description: 'Where it goes.' })
  endpoint(@Root() { endpointId }: Delivery, @Ctx() ctx: Context): Promise<WebhookEndpoint | null> {
    return ctx.loaders.byId(WebhookEndpoint, endpointId)
  }

  @FieldResolver(() => DeliveryAttemptConnection, { description: 'Its attempts, the last one first.' })
  attempts(
    @Root() { id }: Delivery,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Page<DeliveryAttempt>> {
    return pageByKey(ctx, DeliveryAttempt, { ...page, by: 'deliveryId', key: id, orderBy: [['id', 'desc']] })
  }

  @Mutation(() => Delivery, {
    description:
      'Delivers an event once more: same id and body, fresh timestamp and signature. One that waits for its next attempt has it at once; CONFLICT where it is due already or the endpoint is disabled. For admins.',
  })
  replayDelivery(
    @Arg('input', () => ReplayDeliveryInput, { description: 'The delivery.' }) input: ReplayDeliveryInput,
    @Ctx() ctx: Context,
  ): Promise<Delivery> {
    return replayDelivery(ctx, input)
  }

  @Mutation(() => ReplayedDeliveries, {
    description:
      'Replays what failed or was cancelled since a point in time, as far as the log reaches back. For admins.',
  })
  replayFailedDeliveries(
    @Arg('input', () => ReplayFailedDeliveriesInput, { description: 'The endpoint, and since when.' })
    input: ReplayFailedDeliveriesInput,
    @Ctx() ctx: Context,
  ): Promise<ReplayedDeliveries> {
    return replayFailedDeliveries(ctx, input)
  }

  @Mutation(() => Delivery, {
    description: 'Posts a made-up event with the header `clientele-test: true`, to try an endpoint out. For admins.',
  })
  sendTestEvent(
    @Arg('input', () => SendTestEventInput, { description: 'The endpoint, and of which type.' })
    input: SendTestEventInput,
    @Ctx() ctx: Context,
  ): Promise<Delivery> {
    return sendTestEvent(ctx, input)
  }
}

@Resolver(() => WebhookEndpoint)
export class WebhookEndpointDeliveriesResolver {
  @FieldResolver(() => DeliveryConnection, { description: 'What was and will be delivered to it, the newest first.' })
  deliveries(
    @Root() { id }: WebhookEndpoint,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => DeliveryFilter, { nullable: true, description: 'Which ones; all unless given.' })
    filter: DeliveryFilter | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Delivery>> {
    return pageByKey(ctx, Delivery, {
      ...page,
      by: 'endpointId',
      key: id,
      where: toWhere<Delivery>(filter),
      orderBy: [['id', 'desc']],
    })
  }
}
