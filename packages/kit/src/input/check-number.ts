import type { NumberLimit } from '@clientele/contracts'
import type { ValidationIssues } from './validation-issues.js'

/** A number outside its limit is an issue. */
export const checkNumber = (issues: ValidationIssues, path: string, given: number, { least, most }: NumberLimit) => {
  issues.must(given >= least && given <= most, path, 'number.out_of_range', `${least} to ${most}`, { least, most })
  return given
}
