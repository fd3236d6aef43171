import { catalogue } from './catalogue.js'
import { ContractError, faultsOf } from './contract-error.js'
import { attributesOf, type CloudEvent, cloudEvent } from './envelope.js'
import type { EventData, EventType } from './event.js'

type Envelope = CloudEvent<EventData>

const decode = (json: unknown): unknown => {
  if (typeof json !== 'string') return json
  try {
    return JSON.parse(json)
  } catch {
    throw new ContractError('event.malformed', 'The event is not valid JSON.')
  }
}

const readEnvelope = (json: unknown): Envelope => {
  const result = cloudEvent.safeParse(decode(json))
  if (result.success) return result.data
  throw new ContractError('event.malformed', 'The event has no valid CloudEvents envelope.', faultsOf(result.error))
}

const readData = <T extends EventData>(type: EventType<T>, data: unknown): T => {
  const result = type.schema.safeParse(data)
  if (result.success) return result.data
  throw new ContractError('event.invalid', `The data does not fit ${type.type}.`, faultsOf(result.error, ['data']))
}

const checkAgreement = <T extends EventData>(type: EventType<T>, envelope: Envelope, data: T): void => {
  const expected = attributesOf(type, envelope.tenantid, data)
  const fields = Object.entries(expected)
    .filter(([attribute, value]) => envelope[attribute as keyof typeof expected] !== value)
    .map(([path]) => ({ path, message: 'Says something else than the type, the tenant and the data.' }))
  if (fields.length > 0) {
    throw new ContractError('event.inconsistent', `The envelope contradicts its ${type.type}.`, fields)
  }
}

/**
 * Reads an event from JSON text or a parsed value. Fields that its schema does not name are dropped, not refused.
 * `types` narrows what is expected, and with it the type of `data`; it is the whole catalogue by default.
 * Throws ContractError `event.malformed`, `event.unknown_type`, `event.invalid` or `event.inconsistent`.
 */
export const parseEvent = <T extends EventData = EventData>(
  json: unknown,
  types: readonly EventType<T>[] = catalogue as readonly EventType<T>[],
): CloudEvent<T> => {
  const envelope = readEnvelope(json)
  const type = types.find((candidate) => candidate.type === envelope.type)
  if (!type) throw new ContractError('event.unknown_type', `No contract for events of type ${envelope.type}.`)
  const data = readData(type, envelope.data)
  checkAgreement(type, envelope, data)
  return { ...envelope, data }
}
