import type { TimeLimit } from '@clientele/contracts'
import type { ValidationIssues } from './validation-issues.js'

/** The clock of a caller may be this much ahead of ours. */
const skewMs = 60_000

/** A time before its limit is an issue. */
export const checkTime = (issues: ValidationIssues, path: string, given: Date, { least }: TimeLimit): void =>
  issues.must(given >= new Date(least), path, 'time.out_of_range', `a time from ${least} on`, { least })

/** A time that lies ahead of now, by more than clocks may differ, is an issue. */
export const checkNotFuture = (
  issues: ValidationIssues,
  path: string,
  given: Date,
  now: Date,
  toleranceMs = skewMs,
): void =>
  issues.must(given.getTime() <= now.getTime() + toleranceMs, path, 'time.future', 'a time that is not in the future')
