import { limits } from '@clientele/contracts'
import { checkList, checkRequiredText, checkText, type ValidationIssues, validationIssues } from '@clientele/kit'
import { patternFault } from './event-pattern.js'
import { type UrlRules, urlFault } from './webhook-url.js'

export interface EndpointSettings {
  url?: string
  types?: readonly string[]
  description?: string | null
}

/** The given settings in the form in which they are stored, each type once. Throws INVALID with all issues. */
export const checkedSettings = <S extends EndpointSettings>(input: S, rules: UrlRules): S => {
  const issues = validationIssues()
  const { url, types, description } = input
  const settings = {
    ...input,
    ...(url !== undefined && { url: checkUrl(issues, url, rules) }),
    ...(types && { types: checkTypes(issues, types) }),
    ...(description !== undefined && {
      description: checkText(issues, 'description', description, limits.webhookDescription) ?? null,
    }),
  }
  issues.refuse()
  return settings
}

const checkUrl = (issues: ValidationIssues, given: string, rules: UrlRules) => {
  const before = issues.found.length
  const text = checkRequiredText(issues, 'url', given, limits.url)
  if (issues.found.length > before) return text
  const message = urlFault(text, rules)
  if (message) issues.add('url', 'webhook.url_refused', message)
  return message ? text : new URL(text).href
}

const checkTypes = (issues: ValidationIssues, given: readonly string[]) => {
  const types = checkList(issues, 'types', given, limits.webhookTypes) ?? []
  for (const [at, pattern] of types.entries()) {
    const fault = patternFault(pattern)
    if (fault) issues.add(`types.${at}`, fault.reason, fault.message)
  }
  return [...new Set(types)].toSorted()
}
