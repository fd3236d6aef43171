import { limits } from '@clientele/contracts'
import { checkRequiredText, unambiguousUrl, type ValidationIssues } from '@clientele/kit'
import { ExternalEntityType } from './external-ref.entity.js'

/** A link that may be stored: in its stored form, complete and within its limits. */
export interface Link {
  customerId: string
  system: string
  entityType: ExternalEntityType
  externalId: string
  url: string | null
}

interface LinkInput {
  customerId: string
  system: string
  entityType?: ExternalEntityType | null
  externalId: string
  url?: string | null
}

/** The link as it is stored. */
export const checkLink = (issues: ValidationIssues, input: LinkInput): Link => ({
  customerId: input.customerId,
  system: checkRequiredText(issues, 'system', input.system, limits.key),
  entityType: input.entityType ?? ExternalEntityType.CUSTOMER,
  externalId: checkRequiredText(issues, 'externalId', input.externalId, limits.externalId),
  url: input.url == null ? null : checkUrl(issues, input.url),
})

const checkUrl = (issues: ValidationIssues, given: string) => {
  const before = issues.found.length
  const text = checkRequiredText(issues, 'url', given, limits.url)
  if (issues.found.length > before) return null
  const url = unambiguousUrl(text)
  issues.must(url !== undefined, 'url', 'url.malformed', 'an http or https URL that every parser reads alike')
  issues.must(
    (url?.href.length ?? 0) <= limits.url.most,
    'url',
    'text.too_long',
    `at most ${limits.url.most} characters`,
    { most: limits.url.most },
  )
  return url?.href ?? null
}
