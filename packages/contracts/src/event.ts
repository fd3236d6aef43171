import type { z } from 'zod'
import { ContractError } from './contract-error.js'

/** What the data of every event carries: the entity it is about, and that entity's version after the change. */
export interface EventData {
  id: string
  version: number
}

/** A kind of event: its name, its shape, and where it belongs. */
export interface EventType<T extends EventData = EventData> {
  /** `clientele.<service>.<concept>.<verb>.v<version>` */
  readonly type: string
  readonly service: string
  readonly concept: string
  readonly verb: string
  readonly version: number
  /** One sentence: when it is emitted. */
  readonly description: string
  readonly schema: z.ZodType<T>
  /** `$id` of the JSON Schema of the data. */
  readonly dataschema: string
  readonly example: T
  /** The customer where the event concerns one, else the entity: what shares a key keeps its order. */
  partitionOf(data: T): string
  /** CloudEvents subject: `<concept>/<id>`. */
  subjectOf(data: T): string
}

export interface EventNameParts {
  readonly service: string
  readonly concept: string
  readonly verb: string
  readonly version: number
}

const namePattern = /^clientele\.([a-z][a-z0-9]*)\.([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)\.v([1-9][0-9]{0,3})$/

/** Takes an event's type name apart. Throws ContractError `event.type` for any other form. */
export const partsOfType = (type: string): EventNameParts => {
  const match = namePattern.exec(type)
  if (!match) {
    throw new ContractError('event.type', `Not an event type: expected clientele.<service>.<concept>.<verb>.v<n>.`)
  }
  const [, service, concept, verb, version] = match as unknown as [string, string, string, string, string]
  return { service, concept, verb, version: Number(version) }
}

/** Declares an event. `description` says in one sentence when it is emitted; `example` is shown to partners. */
export const event = <T extends EventData>(
  type: string,
  description: string,
  schema: z.ZodType<T>,
  example: NoInfer<T>,
): EventType<T> => {
  const parts = partsOfType(type)
  return {
    type,
    ...parts,
    description,
    schema,
    dataschema: `urn:clientele:schema:${type}`,
    example,
    partitionOf: (data) => ('customerId' in data && typeof data.customerId === 'string' ? data.customerId : data.id),
    subjectOf: (data) => `${parts.concept}/${data.id}`,
  }
}
