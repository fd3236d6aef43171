import { ContractError, type ContractErrorCode } from './contract-error.js'
import { partsOfType } from './event.js'
import { tenantSlug } from './values.js'

const prefix = 'clientele.evt'

const check = (valid: boolean, code: ContractErrorCode, message: string): void => {
  if (!valid) throw new ContractError(code, message)
}

const token = (service: string): string => {
  check(/^[a-z][a-z0-9]*$/.test(service), 'subject.service', 'A service is named in lower-case letters and digits.')
  return service
}

const partToken = (part: number): string => {
  check(Number.isInteger(part) && part >= 0 && part <= 99, 'subject.part', 'A part is an integer from 0 to 99.')
  return `p${String(part).padStart(2, '0')}`
}

/**
 * Where an event is published: `clientele.evt.<tenant>.<service>.<concept>.<verb>.v<n>.p<nn>`.
 * It holds no entity id: NATS keeps every distinct subject in memory.
 */
export const natsSubject = (o: { type: string; tenant: string; part: number }): string => {
  const { service, concept, verb, version } = partsOfType(o.type)
  check(tenantSlug.safeParse(o.tenant).success, 'subject.tenant', 'A tenant is 1 to 63 of a-z, 0-9 and "-".')
  return `${prefix}.${o.tenant}.${service}.${concept}.${verb}.v${version}.${partToken(o.part)}`
}

/** Every event of one type, of all tenants and parts. */
export const subjectFilter = (eventType: { type: string }): string => {
  const { service, concept, verb, version } = partsOfType(eventType.type)
  return `${prefix}.*.${service}.${concept}.${verb}.v${version}.*`
}

/** Every event of one service, of all tenants and parts. */
export const serviceFilter = (service: string): string => `${prefix}.*.${token(service)}.>`

/** Every event of one service in one part, in the order of publication. */
export const partFilter = (service: string, part: number): string =>
  `${prefix}.*.${token(service)}.*.*.*.${partToken(part)}`

/** Every event there is: the subjects of the stream. */
export const everySubject = `${prefix}.>`
