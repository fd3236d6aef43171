import { type Context, type Page, PageArgs, paginate, requireById, toWhere } from '@clientele/kit'
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  disableWebhookEndpoint,
  enableWebhookEndpoint,
  rotateWebhookSecret,
  updateWebhookEndpoint,
} from './webhook-endpoint.actions.js'
import { WebhookEndpoint, WebhookEndpointConnection } from './webhook-endpoint.entity.js'
import {
  ChangeWebhookEndpointInput,
  CreateWebhookEndpointInput,
  RotateWebhookSecretInput,
  UpdateWebhookEndpointInput,
  WebhookEndpointFilter,
  WebhookEndpointOrder,
} from './webhook-endpoint.input.js'
import { webhookEndpointPolicy } from './webhook-endpoint.policy.js'

@Resolver(() => WebhookEndpoint)
export class WebhookEndpointResolver {
  @Query(() => WebhookEndpoint, {
    nullable: true,
    description: 'One webhook endpoint. For admins and privacy officers.',
  })
  async webhookEndpoint(
    @Arg('id', () => ID, { description: 'The endpoint.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<WebhookEndpoint> {
    return requireById(ctx, WebhookEndpoint, id, webhookEndpointPolicy.read)
  }

  @Query(() => WebhookEndpointConnection, { description: 'All webhook endpoints. For admins and privacy officers.' })
  webhookEndpoints(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => WebhookEndpointFilter, { nullable: true, description: 'Which ones; all unless given.' })
    filter: WebhookEndpointFilter | null,
    @Arg('orderBy', () => WebhookEndpointOrder, {
      nullable: true,
      description: 'Their order; the oldest first unless given.',
    })
    order: WebhookEndpointOrder | null,
    @Ctx() ctx: Context,
  ): Promise<Page<WebhookEndpoint>> {
    return paginate(ctx.em, WebhookEndpoint, {
      ...page,
      where: toWhere<WebhookEndpoint>(filter),
      orderBy: [[order?.field ?? 'createdAt', order?.direction ?? 'asc']],
    })
  }

  @Mutation(() => WebhookEndpoint, {
    description: 'Registers a webhook endpoint; only this answer holds its secret. For admins.',
  })
  createWebhookEndpoint(
    @Arg('input', () => CreateWebhookEndpointInput, { description: 'Its settings.' }) input: CreateWebhookEndpointInput,
    @Ctx() ctx: Context,
  ): Promise<WebhookEndpoint> {
    return createWebhookEndpoint(ctx, input)
  }

  @Mutation(() => WebhookEndpoint, { description: 'Changes settings of a webhook endpoint. For admins.' })
  updateWebhookEndpoint(
    @Arg('input', () => UpdateWebhookEndpointInput, { description: 'The endpoint and its new settings.' })
    input: UpdateWebhookEndpointInput,
    @Ctx() ctx: Context,
  ): Promise<WebhookEndpoint> {
    return updateWebhookEndpoint(ctx, input)
  }

  @Mutation(() => WebhookEndpoint, {
    description:
      'Gives a webhook endpoint a new secret, which only this answer holds. The old one signs as well for 24 hours; rotating twice ends it at once. For admins.',
  })
  rotateWebhookSecret(
    @Arg('input', () => RotateWebhookSecretInput, { description: 'The endpoint.' }) input: RotateWebhookSecretInput,
    @Ctx() ctx: Context,
  ): Promise<WebhookEndpoint> {
    return rotateWebhookSecret(ctx, input)
  }

  @Mutation(() => WebhookEndpoint, {
    description: 'Stops deliveries; waiting ones are cancelled and can be replayed later. For admins.',
  })
  disableWebhookEndpoint(
    @Arg('input', () => ChangeWebhookEndpointInput, { description: 'The endpoint.' }) input: ChangeWebhookEndpointInput,
    @Ctx() ctx: Context,
  ): Promise<WebhookEndpoint> {
    return disableWebhookEndpoint(ctx, input)
  }

  @Mutation(() => WebhookEndpoint, {
    description:
      'Resumes deliveries with the events from now on; replayFailedDeliveries brings the missed ones. Of an endpoint that fails or waits until `pausedUntil`, what waits is due at once. CONFLICT where there is nothing to resume. For admins.',
  })
  enableWebhookEndpoint(
    @Arg('input', () => ChangeWebhookEndpointInput, { description: 'The endpoint.' }) input: ChangeWebhookEndpointInput,
    @Ctx() ctx: Context,
  ): Promise<WebhookEndpoint> {
    return enableWebhookEndpoint(ctx, input)
  }

  @Mutation(() => WebhookEndpoint, {
    description:
      'Removes a webhook endpoint with its secrets and its delivery log; answers with it as it was. For admins.',
  })
  deleteWebhookEndpoint(
    @Arg('input', () => ChangeWebhookEndpointInput, { description: 'The endpoint.' }) input: ChangeWebhookEndpointInput,
    @Ctx() ctx: Context,
  ): Promise<WebhookEndpoint> {
    return deleteWebhookEndpoint(ctx, input)
  }
}
