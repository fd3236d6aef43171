import { NotFound, type ValidationIssue } from './errors.js'

/**
 * NOT_FOUND `<concept>.unknown`: there is no such entity, or none that the actor may know of. By the name of its class or in words:
 * `WebhookEndpoint` and `webhook_endpoint` are "webhook endpoint" and `webhook_endpoint.unknown`. With a path, that field of the input is at fault.
 */
export const unknownEntity = (concept: string, path?: string): NotFound => {
  const words = concept.replace(/(?<=[a-z])(?=[A-Z])|_/g, ' ').toLowerCase()
  const reason = `${words.replaceAll(' ', '_')}.unknown` as const
  const fields: ValidationIssue[] = path === undefined ? [] : [{ path, reason, message: `the id of a ${words}` }]
  return new NotFound(`There is no such ${words}.`, { reason, ...(fields.length && { fields }) })
}
