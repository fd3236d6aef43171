import { type CloudEvent, type EventData, type EventType, sequenceOf } from '@clientele/contracts'
import type { EntityManager } from '@mikro-orm/postgresql'
import { v7 as uuidv7 } from 'uuid'
import type { EntityRecord } from './record.js'

/** An event that waits for its transaction's flush: the entity's version is known only then. */
export interface PendingEvent {
  type: EventType
  entity: EntityRecord
  /** Completed with the entity's `id` and `version` at flush. */
  data: Record<string, unknown>
  causationId?: string
}

export interface EventOrigin {
  tenant: string
  correlationId: string
  now: Date
  traceparent?: string
  changeOrigin?: string
}

/**
 * Writes the outbox rows of a transaction, in one statement, after the entities were flushed: the row locks that
 * the new versions hold make the order of positions equal the order of versions.
 */
export const writeOutbox = async (em: EntityManager, pending: readonly PendingEvent[], origin: EventOrigin) => {
  if (!pending.length) return
  const rows = pending.map((event) => {
    const data = event.type.schema.parse({ ...event.data, id: event.entity.id, version: event.entity.version })
    const envelope = envelopeOf(event, data, origin)
    return {
      tenant: origin.tenant,
      event_id: envelope.id,
      type: envelope.type,
      entity_id: event.entity.id,
      entity_version: event.entity.version,
      partition_key: envelope.partitionkey,
      event: JSON.stringify(envelope),
      created_at: origin.now.toISOString(),
    }
  })
  await em.execute(
    `insert into outbox (tenant, event_id, type, entity_id, entity_version, partition_key, event, created_at)
     select * from jsonb_to_recordset(?::jsonb) as row
       (tenant text, event_id uuid, type text, entity_id uuid, entity_version int, partition_key uuid, event text, created_at timestamptz)`,
    [JSON.stringify(rows)],
  )
}

const envelopeOf = (event: PendingEvent, data: EventData, origin: EventOrigin): CloudEvent => ({
  specversion: '1.0',
  id: uuidv7(),
  source: `/tenants/${origin.tenant}/${event.type.service}`,
  type: event.type.type,
  subject: `${event.type.concept}/${event.entity.id}`,
  time: origin.now.toISOString(),
  datacontenttype: 'application/json',
  dataschema: event.type.dataschema,
  tenantid: origin.tenant,
  partitionkey: event.type.partitionOf(data),
  sequence: sequenceOf(event.entity.version),
  correlationid: origin.correlationId,
  ...(origin.traceparent && { traceparent: origin.traceparent }),
  ...(event.causationId && { causationid: event.causationId }),
  ...(origin.changeOrigin && { changeorigin: origin.changeOrigin }),
  data,
})
