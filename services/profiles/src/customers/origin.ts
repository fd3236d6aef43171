import { type Findings } from '../validation/findings.js'
import { checkKey, checkRequiredText } from '../validation/text.js'
import type { OriginInput } from './customer-details.js'

/** A key of the system without blanks, and what the record is called there. */
export const checkOrigin = (findings: Findings, given: OriginInput | null | undefined) =>
  given
    ? {
        system: checkSystem(findings, 'origin.system', given.system),
        externalId: checkExternalId(findings, 'origin.externalId', given.externalId),
      }
    : null

export const checkSystem = (findings: Findings, path: string, given: string): string => {
  const system = checkRequiredText(findings, path, given, 64)
  return checkKey(findings, path, system || undefined) ?? ''
}

export const checkExternalId = (findings: Findings, path: string, given: string): string =>
  checkRequiredText(findings, path, given, 200)
