import { catalogue, limits, partsOfType } from '@clientele/contracts'
import type { PlainReason } from '@clientele/kit'

const shape = /^(\*|[a-z0-9_]+)(\.(\*|[a-z0-9_]+))*$/

/** Every type that endpoints may receive. What happens to endpoints is told on the stream only: it is not the partners' business. */
export const deliverableTypes: readonly string[] = catalogue
  .map(({ type }) => type)
  .filter((type) => isDeliverable(type))

/** Whether events of a type are delivered to endpoints at all. */
export function isDeliverable(type: string): boolean {
  const { service, concept } = partsOfType(type)
  return service !== 'integrations' || concept !== 'webhook_endpoint'
}

/** Whether a type fits a pattern: `*` stands for one part of the name, at the end for one or more. */
export const matches = (pattern: string, type: string): boolean => {
  const wanted = pattern.split('.')
  const parts = type.split('.')
  const open = wanted.at(-1) === '*'
  if (open ? parts.length < wanted.length : parts.length !== wanted.length) return false
  return wanted.every((part, at) => part === '*' || part === parts[at])
}

const fits = (pattern: string) => deliverableTypes.some((type) => matches(pattern, type))

/** What is wrong with a pattern, or undefined. */
export const patternFault = (pattern: string): { reason: PlainReason; message: string } | undefined => {
  if (pattern.length > limits.webhookType.most || !shape.test(pattern)) {
    return {
      reason: 'webhook.type_malformed',
      message: 'an event type such as "clientele.profiles.customer.created.v1", with * for a part',
    }
  }
  if (fits(pattern)) return undefined
  const meant = fits(`clientele.${pattern}`) ? `; did you mean clientele.${pattern}` : ''
  return { reason: 'webhook.type_unknown', message: `no event type fits ${pattern}${meant}` }
}
