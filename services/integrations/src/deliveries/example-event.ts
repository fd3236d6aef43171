import { type CloudEvent, catalogue, sequenceOf, sourceOf } from '@clientele/contracts'
import { v7 as uuidv7 } from 'uuid'

/** An event of the given type with the example data of its contract, as if it had just happened. */
export const exampleEvent = (typeName: string, tenant: string, now: Date): CloudEvent => {
  const type = catalogue.find(({ type }) => type === typeName)
  if (!type) throw new Error(`no contract for ${typeName}`)
  const id = uuidv7()
  return {
    specversion: '1.0',
    id,
    source: sourceOf(tenant, type.service),
    type: type.type,
    subject: type.subjectOf(type.example),
    time: now.toISOString(),
    datacontenttype: 'application/json',
    dataschema: type.dataschema,
    tenantid: tenant,
    partitionkey: type.partitionOf(type.example),
    sequence: sequenceOf(type.example.version),
    correlationid: id,
    data: type.example as CloudEvent['data'],
  }
}
