import { type CloudEvent, cloudEvent, envelopeFor } from './envelope.js'
import type { EventType } from './event.js'
import { inlineSchemaOf, type JsonSchema } from './json-schema.js'

type Named<T> = Record<string, T>

const keyed = <T>(types: readonly EventType[], of: (type: EventType) => T): Named<T> =>
  Object.fromEntries(types.map((type) => [type.type, of(type)]))

/** A whole event as it travels, made of the type's example. */
export const exampleOf = (type: EventType): CloudEvent =>
  envelopeFor(type, type.example, {
    id: '0199a1b2-0000-7000-8000-0000000000ff',
    tenant: 'acme',
    time: new Date('2026-03-21T18:00:05.000Z'),
    correlationId: '0199a1b2-0000-7000-8000-0000000000fe',
  })

const addressOf = ({ service, concept, verb, version }: EventType) =>
  `clientele.evt.{tenant}.${service}.${concept}.${verb}.v${version}.p{part}`

const channelOf = (type: EventType) => ({
  address: addressOf(type),
  description: type.description,
  servers: [{ $ref: '#/servers/nats' }],
  parameters: { tenant: { $ref: '#/components/parameters/tenant' }, part: { $ref: '#/components/parameters/part' } },
  messages: { event: { $ref: `#/components/messages/${type.type}` } },
})

const operationOf = (type: EventType) => ({
  action: 'send',
  summary: type.description,
  channel: { $ref: `#/channels/${type.type}` },
  messages: [{ $ref: `#/channels/${type.type}/messages/event` }],
})

const payloadOf = (type: EventType): JsonSchema => ({
  allOf: [
    { $ref: '#/components/schemas/cloudevent' },
    {
      type: 'object',
      properties: {
        type: { const: type.type, description: 'Kind of the event.' },
        dataschema: { const: type.dataschema, description: 'Identifier of the JSON Schema of the data.' },
        data: { $ref: `#/components/schemas/${type.type}` },
      },
    },
  ],
})

const messageOf = (type: EventType) => ({
  name: type.type,
  title: type.type,
  summary: type.description,
  contentType: 'application/cloudevents+json',
  correlationId: { location: '$message.payload#/correlationid' },
  tags: [{ name: type.service }],
  payload: payloadOf(type),
  examples: [{ name: 'example', payload: exampleOf(type) }],
})

const dataSchema = (type: EventType): JsonSchema => ({
  title: type.type,
  description: type.description,
  ...inlineSchemaOf(type.schema),
})

const parameters = {
  tenant: {
    description: 'Slug of the tenant.',
    examples: ['acme'],
    location: '$message.payload#/tenantid',
  },
  part: {
    description: 'Two digits: the partition that the partition key hashes to. Order holds within it.',
    examples: ['00', '07'],
  },
}

/** AsyncAPI 3.0 of the stream. Clientele sends on every channel; whoever consumes does the reverse. */
export const asyncApi = (types: readonly EventType[], version: string) => {
  const services = [...new Set(types.map((type) => type.service))]
  return {
    asyncapi: '3.0.0',
    id: 'urn:clientele:events',
    info: {
      title: 'Clientele events',
      version,
      description:
        'Every change in Clientele, as CloudEvents 1.0 in structured JSON over NATS JetStream. ' +
        'Events arrive at least once and, per partition key, in order. ' +
        'They carry no personal data: ask the API for names and contact details, under your own permissions. ' +
        'Ignore fields that you do not know.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      tags: services.map((name) => ({ name, description: `Events of the ${name} service.` })),
    },
    defaultContentType: 'application/cloudevents+json',
    servers: {
      nats: {
        host: '{host}:{port}',
        protocol: 'nats',
        description: 'The NATS of your installation.',
        variables: {
          host: { description: 'Host name of NATS.', default: 'localhost' },
          port: { description: 'Client port of NATS.', default: '4222' },
        },
      },
    },
    channels: keyed(types, channelOf),
    operations: keyed(types, operationOf),
    components: {
      parameters,
      messages: keyed(types, messageOf),
      schemas: { cloudevent: inlineSchemaOf(cloudEvent), ...keyed(types, dataSchema) },
    },
  }
}
