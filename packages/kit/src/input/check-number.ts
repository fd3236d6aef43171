import type { NumberLimit } from '@clientele/contracts'
import type { ValidationIssues } from './validation-issues.js'

/** The clock of a caller may be this much ahead of ours. */
const skewMs = 60_000

/** A number outside its limit is an issue. */
export const checkNumber = (issues: ValidationIssues, path: string, given: number, { least, most }: NumberLimit) => {
  issues.must(given >= least && given <= most, path, 'number.out_of_range', `${least} to ${most}`)
  return given
}

/** A time that lies ahead of now, by more than clocks may differ, is an issue. */
export const checkNotFuture = (
  issues: ValidationIssues,
  path: string,
  given: Date,
  now: Date,
  toleranceMs = skewMs,
): void =>
  issues.must(given.getTime() <= now.getTime() + toleranceMs, path, 'time.future', 'a time that is not in the future')
