import type { CloudEvent } from '@clientele/contracts'
import { Conflict, type Context, Invalid, isId, locked, type Transaction, unknownEntity } from '@clientele/kit'
import { v7 as uuidv7 } from 'uuid'
import { deliverableTypes, isDeliverable, matches } from '../webhook-endpoints/event-pattern.js'
import { WebhookEndpoint, WebhookStatus } from '../webhook-endpoints/webhook-endpoint.entity.js'
import { Delivery, DeliveryCause, DeliveryStatus } from './delivery.entity.js'
import { deliveryPolicy } from './delivery.policy.js'
import { deliveryWorkflow } from './delivery.workflow.js'
import { exampleEvent } from './example-event.js'

/** Queues events for the endpoints that want them, in two statements; disabled endpoints get theirs as CANCELLED. */
export const queueDeliveries = async (tx: Transaction, events: readonly CloudEvent[]) => {
  const endpoints = await tx.em.execute<{ id: string; types: string[] }[]>(
    'select id, types from webhook_endpoint where tenant = current_tenant()',
  )
  const rows = events
    .filter(({ type }) => isDeliverable(type))
    .flatMap((event) =>
      endpoints
        .filter(({ types }) => types.some((pattern) => matches(pattern, event.type)))
        .map(({ id }) => ({ ...rowOf(event), endpoint_id: id, created_at: tx.now() })),
    )
  if (!rows.length) return
  await tx.em.execute(
    `insert into delivery (id, endpoint_id, event_id, event_type, partition_key, body, cause, status, next_at, last_error, created_at)
     select row.id, e.id, row.event_id, row.event_type, row.partition_key, row.body, 'EVENT',
       case when e.status = 'DISABLED' then 'CANCELLED' else 'PENDING' end,
       case when e.status = 'DISABLED' then null else row.created_at end,
       case when e.status = 'DISABLED' then 'endpoint.disabled' end, row.created_at
     from rows from (jsonb_to_recordset(?::jsonb)
       as (id uuid, endpoint_id uuid, event_id uuid, event_type text, partition_key uuid, body text, created_at timestamptz))
       with ordinality as row (id, endpoint_id, event_id, event_type, partition_key, body, created_at, place)
     join webhook_endpoint e on e.tenant = current_tenant() and e.id = row.endpoint_id
     order by row.place
     on conflict on constraint delivery_once do nothing`,
    [JSON.stringify(rows)],
  )
}

/** Cancels what waits for an endpoint; an attempt that is under way may still succeed. */
export const cancelDeliveries = (tx: Transaction, endpointId: string) =>
  tx.em.execute(
    `update delivery set status = 'CANCELLED', next_at = null, last_error = coalesce(last_error, 'endpoint.disabled')
     where tenant = current_tenant() and endpoint_id = ? and status = 'PENDING'`,
    [endpointId],
  )

/** Makes what waits for an endpoint due, with a fresh schedule. What an attempt under way comes to is no longer written down. */
export const hastenDeliveries = (tx: Transaction, endpointId: string) =>
  tx.em.execute(
    `update delivery set next_at = ?, leased_until = null, round_attempts = 0
     where tenant = current_tenant() and endpoint_id = ? and status = 'PENDING'`,
    [tx.now(), endpointId],
  )

export interface ReplayDelivery {
  id: string
  idempotencyKey?: string | null
}

/**
 * Delivers an event once more: the same id and body, a fresh timestamp and signature, a fresh schedule. One that waits for its next attempt has
 * it at once.
 */
export const replayDelivery = (ctx: Context, input: ReplayDelivery) =>
  ctx.transaction(
    async (tx) => {
      const delivery = await locked(tx, Delivery, input.id, deliveryPolicy.send)
      await liveEndpoint(tx, delivery.endpointId)
      if (!isWaiting(delivery, tx.now())) {
        deliveryWorkflow.move(delivery, DeliveryStatus.PENDING)
        if (delivery.cause === DeliveryCause.EVENT) delivery.cause = DeliveryCause.REPLAY
      }
      Object.assign(delivery, { nextAt: tx.now(), leasedUntil: null, roundAttempts: 0, deliveredAt: null })
      return delivery
    },
    { key: input.idempotencyKey, operation: 'replayDelivery', input },
  )

const isWaiting = ({ status, nextAt }: Delivery, now: Date) =>
  status === DeliveryStatus.PENDING && nextAt !== null && nextAt > now

export interface ReplayFailedDeliveries {
  endpointId: string
  since: Date
}

/** Replays what failed or was cancelled since then, oldest event first. */
export const replayFailedDeliveries = (ctx: Context, input: ReplayFailedDeliveries) =>
  ctx.transaction(async (tx) => {
    tx.allow(deliveryPolicy.send)
    const endpoint = await liveEndpoint(tx, input.endpointId)
    const replayed = await tx.em.execute(
      `update delivery set status = 'PENDING', cause = case cause when 'TEST' then cause else 'REPLAY' end,
         next_at = ?, leased_until = null, round_attempts = 0
       where tenant = current_tenant() and endpoint_id = ? and created_at >= ? and status in ('FAILED', 'CANCELLED')
       returning id`,
      [tx.now(), endpoint.id, input.since],
    )
    return { endpoint, count: replayed.length }
  })

export interface SendTestEvent {
  endpointId: string
  type?: string | null
  idempotencyKey?: string | null
}

/** Sends the example of an event type to one endpoint: the given type, else the first that the endpoint subscribes to. */
export const sendTestEvent = (ctx: Context, input: SendTestEvent) =>
  ctx.transaction(
    async (tx) => {
      tx.allow(deliveryPolicy.send)
      const endpoint = await liveEndpoint(tx, input.endpointId)
      const type =
        input.type ?? deliverableTypes.find((name) => endpoint.types.some((pattern) => matches(pattern, name)))
      if (!type || !deliverableTypes.includes(type)) {
        const message = 'a type that endpoints may receive, in full'
        throw new Invalid('There is no such event type.', {
          reason: 'webhook.type_unknown',
          fields: [{ path: 'input.type', reason: 'webhook.type_unknown', message }],
        })
      }
      const { id, event_id, event_type, partition_key, body } = rowOf(exampleEvent(type, tx.actor.tenant, tx.now()))
      return tx.em.create(Delivery, {
        id,
        endpointId: endpoint.id,
        eventId: event_id,
        eventType: event_type,
        partitionKey: partition_key,
        body,
        cause: DeliveryCause.TEST,
        status: DeliveryStatus.PENDING,
        attemptCount: 0,
        roundAttempts: 0,
        nextAt: tx.now(),
        leasedUntil: null,
        lastStatusCode: null,
        lastError: null,
        createdAt: tx.now(),
        deliveredAt: null,
      })
    },
    { key: input.idempotencyKey, operation: 'sendTestEvent', input },
  )

const rowOf = (event: CloudEvent) => ({
  id: uuidv7(),
  event_id: event.id,
  event_type: event.type,
  partition_key: event.partitionkey,
  body: JSON.stringify(event),
})

/** The endpoint, unless it is disabled: nothing would be sent. */
const liveEndpoint = async (tx: Transaction, id: string) => {
  const endpoint = isId(id) ? await tx.em.findOne(WebhookEndpoint, { id }) : null
  if (!endpoint) throw unknownEntity('webhook endpoint')
  if (endpoint.status !== WebhookStatus.DISABLED) return endpoint
  throw new Conflict('The endpoint is disabled; enable it first.', { reason: 'webhook_endpoint.disabled' })
}
