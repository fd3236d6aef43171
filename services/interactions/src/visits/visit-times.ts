import { limits } from '@clientele/contracts'
import { checkNotFuture, checkTime, type ValidationIssues } from '@clientele/kit'

/** A time at which something took place, now where none is given. One before 1900 or in the future is an issue; one that a clock ahead of ours gives is now. */
export const timeOf = (issues: ValidationIssues, path: string, given: Date | null | undefined, now: Date): Date => {
  if (given == null) return now
  checkTime(issues, path, given, limits.eventTime)
  checkNotFuture(issues, path, given, now)
  return given > now ? now : given
}

/** A visit does not end before it began. */
export const checkOrder = (issues: ValidationIssues, path: string, start: Date, end: Date) =>
  issues.must(end >= start, path, 'visit.end_before_start', 'a time that is not before the start')
