import { type CloudEvent, catalogue, envelopeFor } from '@clientele/contracts'
import { v7 as uuidv7 } from 'uuid'

/** An event of the given type with the example data of its contract, as if it had just happened. */
export const exampleEvent = (typeName: string, tenant: string, now: Date): CloudEvent => {
  const type = catalogue.find(({ type }) => type === typeName)
  if (!type) throw new Error(`no contract for ${typeName}`)
  const id = uuidv7()
  return envelopeFor(type, type.example, { id, tenant, time: now, correlationId: id })
}
