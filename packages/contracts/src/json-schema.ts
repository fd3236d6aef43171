import { z } from 'zod'
import { cloudEvent } from './envelope.js'
import type { EventType } from './event.js'

export type JsonSchema = Record<string, unknown>

// 'input' leaves objects open: a consumer must accept fields that it does not know.
const convert = (schema: z.ZodType, target: 'draft-2020-12' | 'draft-07'): JsonSchema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target, io: 'input' })
  return rest
}

const published = (id: string, title: string, description: string, schema: z.ZodType): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: id,
  title,
  description,
  ...convert(schema, 'draft-2020-12'),
})

/** JSON Schema 2020-12 of the data of one type of event, as partners read it. */
export const dataSchemaOf = (type: EventType): JsonSchema => ({
  ...published(type.dataschema, type.type, type.description, type.schema),
  examples: [type.example],
})

/** JSON Schema 2020-12 of the envelope alone. */
export const envelopeSchema = (): JsonSchema =>
  published('urn:clientele:schema:cloudevent', 'CloudEvent', 'The envelope of every event of Clientele.', cloudEvent)

/** The same shape without `$id`, in the draft that AsyncAPI 3 reads where a schema stands inside its document. */
export const inlineSchemaOf = (schema: z.ZodType): JsonSchema => convert(schema, 'draft-07')
