import { z } from 'zod'
import { ContractError } from './contract-error.js'
import type { EventData, EventType } from './event.js'
import { code, entityId, instant, tenantSlug, version } from './values.js'

const traceId = z.string().regex(/^[^\s]{1,128}$/u)

/** The CloudEvents 1.0 envelope of every event, in structured JSON. Attributes that it does not name are dropped. */
export const cloudEvent = z.object({
  specversion: z.literal('1.0').describe('Version of the CloudEvents specification.'),
  id: z.uuidv7().describe('Identifier of the event: the same on NATS, in webhooks and when it is replayed.'),
  source: z
    .string()
    .regex(/^\/tenants\/[a-z0-9-]{1,63}\/[a-z][a-z0-9]*$/)
    .describe('Who published it: /tenants/<tenant>/<service>.'),
  type: z
    .string()
    .max(200)
    .regex(/^clientele\.[a-z][a-z0-9]*\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*\.v[1-9][0-9]{0,3}$/)
    .describe('Kind of the event: clientele.<service>.<concept>.<past-tense verb>.v<n>.'),
  subject: z
    .string()
    .regex(/^[a-z][a-z0-9_]*\/[0-9a-fA-F-]{36}$/)
    .describe('The entity it is about: <concept>/<id>.'),
  time: instant.describe('When the change happened, RFC 3339 in UTC.'),
  datacontenttype: z.literal('application/json').describe('Media type of the data.'),
  dataschema: z
    .string()
    .regex(/^urn:clientele:schema:[a-z0-9._]+$/)
    .describe('Identifier of the JSON Schema of the data.'),
  tenantid: tenantSlug.describe('Slug of the tenant whose data changed.'),
  partitionkey: entityId.describe('Events with the same key arrive in order: the customer, else the entity.'),
  sequence: z
    .string()
    .regex(/^[0-9]{20}$/)
    .describe('Version of the entity, padded with zeros to 20 digits so that it sorts as text.'),
  traceparent: z
    .string()
    .regex(/^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/)
    .optional()
    .describe('W3C trace context of the change.'),
  correlationid: traceId.describe('Shared by everything that one request or job set off.'),
  causationid: traceId.optional().describe('Identifier of the event that this one answers.'),
  changeorigin: code
    .optional()
    .describe('Code of the outside system the change came from; a sync skips its own changes by it.'),
  data: z
    .looseObject({
      id: entityId.describe('Identifier of the entity.'),
      version: version.describe('Version of the entity after this change.'),
    })
    .describe('What happened, by the schema of the type; without personal data.'),
})

/** An event as it travels, with data of type `T`. */
export type CloudEvent<T extends EventData = EventData> = Omit<z.infer<typeof cloudEvent>, 'data'> & { data: T }

/** The `sequence` attribute for an entity's version. Throws ContractError `event.version` unless it is an integer ≥ 1. */
export const sequenceOf = (entityVersion: number): string => {
  if (!version.safeParse(entityVersion).success) {
    throw new ContractError('event.version', 'An entity version is an integer of at least 1.')
  }
  return String(entityVersion).padStart(20, '0')
}

/** The `source` attribute: `/tenants/<tenant>/<service>`. */
export const sourceOf = (tenant: string, service: string): string => `/tenants/${tenant}/${service}`

/** What an envelope says of its data once more: by the type, the tenant and the data alone. */
export const attributesOf = <T extends EventData>(type: EventType<T>, tenant: string, data: T) => ({
  source: sourceOf(tenant, type.service),
  subject: type.subjectOf(data),
  dataschema: type.dataschema,
  partitionkey: type.partitionOf(data),
  sequence: sequenceOf(data.version),
})

/** What only the occasion of an event knows. */
export interface EventOccasion {
  /** UUIDv7. */
  id: string
  tenant: string
  time: Date
  correlationId: string
  causationId?: string | undefined
  traceparent?: string | undefined
  changeOrigin?: string | undefined
}

/** The event as it travels. Throws ContractError `event.version` where the data has no version of an entity. */
export const envelopeFor = <T extends EventData>(type: EventType<T>, data: T, o: EventOccasion): CloudEvent<T> => {
  const { source, subject, dataschema, partitionkey, sequence } = attributesOf(type, o.tenant, data)
  return {
    specversion: '1.0',
    id: o.id,
    source,
    type: type.type,
    subject,
    time: o.time.toISOString(),
    datacontenttype: 'application/json',
    dataschema,
    tenantid: o.tenant,
    partitionkey,
    sequence,
    correlationid: o.correlationId,
    ...(o.traceparent && { traceparent: o.traceparent }),
    ...(o.causationId && { causationid: o.causationId }),
    ...(o.changeOrigin && { changeorigin: o.changeOrigin }),
    data,
  }
}
