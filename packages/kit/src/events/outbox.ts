import { type EventData, type EventType, envelopeFor } from '@clientele/contracts'
import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql'
import type { Behalf } from '../auth/actor.js'
import type { Invalid } from '../errors/errors.js'
import { readTexts } from '../graphql/request-texts.js'
import type { EntityRecord } from '../postgres/record.js'
import { maxEventSize } from './stream.js'

/** An event that waits for its transaction's flush: the entity's version is known only then. */
export interface PendingEvent {
  /** UUIDv7. */
  eventId: string
  type: EventType
  entity: Pick<EntityRecord, 'id' | 'version'>
  /** Completed with the entity's `id` and `version` at flush. */
  data: Record<string, unknown>
  causationId?: string
  onBehalfOf?: Behalf
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
    const occasion = { ...origin, id: event.eventId, time: origin.now, causationId: event.causationId }
    const envelope = envelopeFor(event.type, dataOf(event), occasion)
    const json = JSON.stringify(envelope)
    if (Buffer.byteLength(json) > maxEventSize) {
      throw new Error(`${event.type.type}: an event has at most ${maxEventSize} bytes, and this one is larger`)
    }
    return {
      tenant: origin.tenant,
      event_id: envelope.id,
      type: envelope.type,
      entity_id: event.entity.id,
      entity_version: event.entity.version,
      partition_key: envelope.partitionkey,
      event: json,
      created_at: origin.now.toISOString(),
    }
  })
  const write = em.execute(
    `insert into outbox (tenant, event_id, type, entity_id, entity_version, partition_key, event, created_at)
     select * from jsonb_to_recordset(?::jsonb) as row
       (tenant text, event_id uuid, type text, entity_id uuid, entity_version int, partition_key uuid, event text, created_at timestamptz)`,
    [JSON.stringify(rows)],
  )
  await write.catch((error: unknown) => {
    if (!isRepeated(error)) throw error
    const names = [...new Set(pending.map(({ type }) => type.type))].join(', ')
    throw new Error(`${names}: the entity of an event must be new or changed in the transaction that emits it`)
  })
}

const isRepeated = (error: unknown) =>
  error instanceof UniqueConstraintViolationException &&
  (error as { constraint?: string }).constraint === 'outbox_one_event_per_version'

const dataOf = ({ type, entity, data }: PendingEvent) => {
  const result = type.schema.safeParse({ ...data, id: entity.id, version: entity.version })
  if (result.success) return withoutMalformed(type, result.data)
  const paths = result.error.issues.map(({ path, code }) => `${path.join('.')} (${code})`)
  throw new Error(`${type.type}: the data does not fit its contract at ${paths.join(', ')}`)
}

// The row would keep U+FFFD where the event keeps half a character, and no consumer could read it.
const withoutMalformed = ({ type }: EventType, data: EventData) => {
  try {
    return readTexts(data)
  } catch (error) {
    const [field] = (error as Invalid).fields ?? []
    throw new Error(`${type}: the data has malformed text at ${field?.path}`)
  }
}
