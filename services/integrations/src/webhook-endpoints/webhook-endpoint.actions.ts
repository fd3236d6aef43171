import {
  webhookEndpointCreated,
  webhookEndpointDeleted,
  webhookEndpointDisabled,
  webhookEndpointEnabled,
  webhookEndpointUpdated,
} from '@clientele/contracts'
import {
  type Context,
  expectVersion,
  type Idempotency,
  locked,
  removeRecord,
  type Transaction,
  touch,
} from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { webhookSettings } from '../config.js'
import { cancelDeliveries, hastenDeliveries } from '../deliveries/delivery.actions.js'
import { checkedSettings } from './endpoint-settings.js'
import { WebhookDisabledReason, WebhookEndpoint, WebhookOrdering, WebhookStatus } from './webhook-endpoint.entity.js'
import { webhookEndpointPolicy } from './webhook-endpoint.policy.js'
import { webhookEndpointWorkflow } from './webhook-endpoint.workflow.js'
import { newSecret, storeSecret } from './webhook-secret.js'

export interface CreateWebhookEndpoint {
  url: string
  types: string[]
  description?: string | null
  ordering?: WebhookOrdering | null
  idempotencyKey?: string | null
}

export interface UpdateWebhookEndpoint extends ChangeWebhookEndpoint {
  url?: string | null
  types?: string[] | null
  description?: string | null
  ordering?: WebhookOrdering | null
}

export interface ChangeWebhookEndpoint {
  id: string
  expectedVersion?: number | null
}

export interface RotateWebhookSecret extends ChangeWebhookEndpoint {
  idempotencyKey?: string | null
}

/** Registers an endpoint; the answer is the only one that holds its secret. */
export const createWebhookEndpoint = (ctx: Context, input: CreateWebhookEndpoint) =>
  ctx.transaction(
    async (tx) => {
      tx.allow(webhookEndpointPolicy.write)
      const { url, types, description } = checkedSettings(input, urlRules(tx))
      const endpoint = tx.em.create(WebhookEndpoint, {
        url,
        types,
        description: description ?? null,
        ordering: input.ordering ?? WebhookOrdering.PARALLEL,
        status: WebhookStatus.ACTIVE,
        disabledReason: null,
        failingSince: null,
        pausedUntil: null,
      })
      tx.emit(webhookEndpointCreated, endpoint, { types })
      await giveSecret(tx, endpoint)
      return endpoint
    },
    { key: input.idempotencyKey, operation: 'createWebhookEndpoint', input },
  )

/** Changes what is given; null or undefined leaves a setting as it is, a description of null removes it. */
export const updateWebhookEndpoint = (ctx: Context, input: UpdateWebhookEndpoint) =>
  change(ctx, input, async (tx, endpoint) => {
    const { url, types, description } = checkedSettings(
      {
        ...(input.url != null && { url: input.url }),
        ...(input.types && { types: input.types }),
        ...(input.description !== undefined && { description: input.description }),
      },
      urlRules(tx),
    )
    const wanted = { url, types, description, ordering: input.ordering ?? undefined }
    const changedFields = (['url', 'types', 'description', 'ordering'] as const).filter(
      (field) => wanted[field] !== undefined && String(wanted[field]) !== String(endpoint[field]),
    )
    if (!changedFields.length) return
    for (const field of changedFields) Object.assign(endpoint, { [field]: wanted[field] })
    // What the old URL answered says nothing about the new one.
    if (changedFields.includes('url') && endpoint.status !== WebhookStatus.DISABLED) await resume(tx, endpoint)
    tx.emit(webhookEndpointUpdated, endpoint, { types: endpoint.types, changedFields })
  })

/** Gives a new secret, shown in this answer only. The one before it signs too for a day; calling twice ends it at once. */
export const rotateWebhookSecret = (ctx: Context, input: RotateWebhookSecret) =>
  change(
    ctx,
    input,
    async (tx, endpoint) => {
      touch(tx, endpoint)
      await giveSecret(tx, endpoint)
      tx.emit(webhookEndpointUpdated, endpoint, { types: endpoint.types, changedFields: ['secret'] })
    },
    { key: input.idempotencyKey, operation: 'rotateWebhookSecret', input },
  )

/** Stops deliveries; those that wait are cancelled and can be replayed. */
export const disableWebhookEndpoint = (ctx: Context, input: ChangeWebhookEndpoint) =>
  change(ctx, input, (tx, endpoint) => stop(tx, endpoint, WebhookDisabledReason.BY_HAND))

/**
 * Resumes deliveries of events from now on. Of an endpoint that fails or is paused, what waits is due at once; throws Conflict for one
 * that has nothing to resume.
 */
export const enableWebhookEndpoint = (ctx: Context, input: ChangeWebhookEndpoint) =>
  change(ctx, input, async (tx, endpoint) => {
    const isPaused = endpoint.status === WebhookStatus.ACTIVE && endpoint.pausedUntil && endpoint.pausedUntil > tx.now()
    if (!isPaused) webhookEndpointWorkflow.move(endpoint, WebhookStatus.ACTIVE)
    await resume(tx, endpoint)
    tx.emit(webhookEndpointEnabled, endpoint, { types: endpoint.types })
  })

/** Removes an endpoint with its secrets and its delivery log; the answer is the endpoint as it was. */
export const deleteWebhookEndpoint = (ctx: Context, input: ChangeWebhookEndpoint) =>
  change(ctx, input, async (tx, endpoint) => {
    await tx.keys.shred([endpoint.id])
    await removeRecord(tx, WebhookEndpoint, endpoint)
    tx.emit(webhookEndpointDeleted, endpoint, { types: endpoint.types })
  })

/** What the delivery job does with an endpoint that is gone or has only failed; nothing where it is disabled, removed or elsewhere by now. */
export const giveUpEndpoint = (ctx: Context, where: { id: string; url: string }, reason: WebhookDisabledReason) =>
  ctx.transaction(async (tx) => {
    const endpoint = await tx.em.findOne(WebhookEndpoint, where, {
      filters: false,
      lockMode: LockMode.PESSIMISTIC_WRITE,
    })
    if (endpoint && endpoint.status !== WebhookStatus.DISABLED) await stop(tx, endpoint, reason)
  })

const change = (
  ctx: Context,
  input: ChangeWebhookEndpoint,
  work: (tx: Transaction, endpoint: WebhookEndpoint) => Promise<void>,
  idempotency?: Idempotency,
) =>
  ctx.transaction(async (tx) => {
    const endpoint = await locked(tx, WebhookEndpoint, input.id, webhookEndpointPolicy.write)
    expectVersion(endpoint, input.expectedVersion)
    await work(tx, endpoint)
    return endpoint
  }, idempotency)

const resume = async (tx: Transaction, endpoint: WebhookEndpoint) => {
  if (endpoint.status === WebhookStatus.FAILING) webhookEndpointWorkflow.move(endpoint, WebhookStatus.ACTIVE)
  Object.assign(endpoint, { disabledReason: null, failingSince: null, pausedUntil: null })
  await hastenDeliveries(tx, endpoint.id)
}

const stop = async (tx: Transaction, endpoint: WebhookEndpoint, reason: WebhookDisabledReason) => {
  webhookEndpointWorkflow.move(endpoint, WebhookStatus.DISABLED)
  endpoint.disabledReason = reason
  await cancelDeliveries(tx, endpoint.id)
  tx.emit(webhookEndpointDisabled, endpoint, { types: endpoint.types })
}

const giveSecret = async (tx: Transaction, endpoint: WebhookEndpoint) => {
  const secret = newSecret()
  await tx.em.flush()
  await storeSecret(tx, endpoint.id, secret)
  endpoint.secret = secret
}

const urlRules = ({ settings }: Transaction) => {
  const { WEBHOOK_PORTS: ports, WEBHOOK_ALLOW_LOOPBACK: loopback } = webhookSettings(settings)
  return { ports, loopback }
}
