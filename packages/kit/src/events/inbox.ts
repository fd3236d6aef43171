import type { EntityManager } from '@mikro-orm/postgresql'
import { SpanKind } from '@opentelemetry/api'
import type pg from 'pg'
import type { Log } from '../config/log.js'
import type { ServiceMetrics } from '../metrics/service-metrics.js'
import type { Fence } from '../postgres/leases.js'
import { arrayParameter } from '../postgres/statements/array-parameter.js'
import type { TimeLimit } from '../postgres/time-limit.js'
import { runTransaction, type TransactionScope } from '../postgres/transaction.js'
import { currentTraceparent } from '../tracing/current-span.js'
import { traceSequel } from '../tracing/spans.js'
import type { Consumer, Delivered } from './consumer.js'

/** What consumers need of their service: transactions as the service itself, and the system pool for dead letters. */
export interface Inbox {
  scope(tenant: string, correlationId: string, limit?: TimeLimit): TransactionScope
  system: pg.Pool
  /** Fails transactions of a consumer that another process has taken over. */
  fence(name: string): Fence | undefined
  log: Log
  /** Told of what became of events. */
  observe?: ServiceMetrics['events'] | undefined
  now(): Date
}

/** The name under which one process runs a consumer. */
export const leaseOf = ({ name }: Consumer) => `consumer ${name}`

/** Hands over those events of one tenant that this consumer has not handled yet; their effect and their inbox rows share the commit. */
export const applyOnce = (
  inbox: Inbox,
  consumer: Consumer,
  tenant: string,
  events: readonly Delivered<never>[],
  limit?: TimeLimit,
): Promise<void> =>
  traceSequel(
    {
      name: consumer.name,
      kind: SpanKind.CONSUMER,
      attributes: {
        'messaging.system': 'nats',
        'messaging.operation.type': 'process',
        'messaging.batch.message_count': events.length,
        'clientele.tenant': tenant,
      },
    },
    events.map(({ traceparent }) => traceparent),
    () => apply(inbox, consumer, tenant, events, limit),
  )

const apply = async (
  inbox: Inbox,
  consumer: Consumer,
  tenant: string,
  events: readonly Delivered<never>[],
  limit?: TimeLimit,
): Promise<void> => {
  const last = events.at(-1)
  if (!last) return
  const scope = inbox.scope(tenant, last.correlationid, limit)
  const traceparent = currentTraceparent() ?? last.traceparent
  const origin = { ...scope.origin, ...(traceparent && { traceparent }) }
  const fence = inbox.fence(leaseOf(consumer))
  const handled = await runTransaction({ ...scope, fence, origin, causationId: last.id }, async (tx) => {
    const fresh = await claim(tx.em, consumer.name, tenant, events)
    if (fresh.length) await consumer.handle(tx, fresh)
    return fresh
  })
  const now = inbox.now().getTime()
  const delays = handled.map(({ time }) => Math.max(0, now - Date.parse(time)) / 1_000)
  inbox.observe?.(consumer.name, 'handled', delays)
}

const claim = async (em: EntityManager, consumer: string, tenant: string, events: readonly Delivered<never>[]) => {
  const rows = await em.execute<{ event_id: string }[]>(
    `insert into inbox (tenant, consumer, event_id)
     select ?, ?, id from unnest(?::uuid[]) as id on conflict do nothing returning event_id`,
    [tenant, consumer, arrayParameter(events.map(({ id }) => id))],
  )
  const fresh = new Set(rows.map((row) => row.event_id))
  return events.filter(({ id }) => fresh.delete(id))
}
