import { normalizeText } from '@clientele/contracts'
import { type FieldFault, Invalid } from '@clientele/kit'
import { patternFault } from './event-pattern.js'
import { type UrlRules, urlFault } from './webhook-url.js'

export interface EndpointSettings {
  url?: string
  types?: readonly string[]
  description?: string | null
}

const maxTypes = 50
const maxDescription = 500

/**
 * The given settings in the form in which they are stored: trimmed, each type once.
 * Throws INVALID with all faults together; its reason is the first one's (`webhook.url_refused`, `webhook.type_unknown`, …).
 */
export const checkedSettings = <S extends EndpointSettings>(input: S, rules: UrlRules): S => {
  const faults = [...urlFaults(input, rules), ...typeFaults(input), ...descriptionFaults(input)]
  if (faults[0]) {
    throw new Invalid('The endpoint cannot be stored.', { reason: faults[0].reason, fields: faults })
  }
  return {
    ...input,
    ...(input.url !== undefined && { url: new URL(input.url.trim()).href }),
    ...(input.types && { types: [...new Set(input.types)].toSorted() }),
    ...(input.description !== undefined && { description: normalizeText(input.description ?? '') || null }),
  }
}

const urlFaults = ({ url }: EndpointSettings, rules: UrlRules): FieldFault[] => {
  const message = url === undefined ? undefined : urlFault(url.trim(), rules)
  return message ? [{ path: 'input.url', reason: 'webhook.url_refused', message }] : []
}

const typeFaults = ({ types }: EndpointSettings): FieldFault[] => {
  if (!types) return []
  if (types.length < 1 || types.length > maxTypes) {
    return [{ path: 'input.types', reason: 'webhook.types_count', message: `1 to ${maxTypes} patterns` }]
  }
  return types.flatMap((pattern, at) => {
    const fault = patternFault(pattern)
    return fault ? { path: `input.types.${at}`, ...fault } : []
  })
}

const descriptionFaults = ({ description }: EndpointSettings): FieldFault[] =>
  normalizeText(description ?? '').length > maxDescription
    ? [{ path: 'input.description', reason: 'length', message: `at most ${maxDescription} characters` }]
    : []
