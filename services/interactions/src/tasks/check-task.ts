import { limits } from '@clientele/contracts'
import { checkText, type ValidationIssues } from '@clientele/kit'

/** Until when somebody puts a reminder off. */
export const checkUntil = (issues: ValidationIssues, until: Date, now: Date) =>
  issues.must(until > now, 'until', 'time.past', 'a time in the future')

/** What came of a task, as it is stored. */
export const checkResult = (
  issues: ValidationIssues,
  given: { outcome?: string | null | undefined; note?: string | null | undefined },
) => ({
  outcome: checkText(issues, 'outcome', given.outcome, limits.code) ?? null,
  note: checkText(issues, 'note', given.note, limits.taskNote) ?? null,
})
