import { limits } from '@clientele/contracts'
import { checkRequiredText, type ValidationIssues } from '@clientele/kit'
import type { OriginInput } from './customer-details.js'

/** A key of the system without blanks, and what the record is called there. */
export const checkOrigin = (issues: ValidationIssues, given: OriginInput | null | undefined) =>
  given
    ? {
        system: checkSystem(issues, 'origin.system', given.system),
        externalId: checkExternalId(issues, 'origin.externalId', given.externalId),
      }
    : null

export const checkSystem = (issues: ValidationIssues, path: string, given: string): string =>
  checkRequiredText(issues, path, given, limits.key)

export const checkExternalId = (issues: ValidationIssues, path: string, given: string): string =>
  checkRequiredText(issues, path, given, limits.externalId)
