import { limits } from '@clientele/contracts'
import { checkList, checkRequiredText, checkText, type ValidationIssues } from '@clientele/kit'
import type { VisitReport, VisitReportInput } from './visit-report.entity.js'

/** A report in the form in which it is stored. */
export const checkReport = (issues: ValidationIssues, given: VisitReportInput): VisitReport => ({
  summary: checkRequiredText(issues, 'report.summary', given.summary, limits.visitNote),
  customerFeedback: checkText(issues, 'report.customerFeedback', given.customerFeedback, limits.visitNote) ?? null,
  sentiment: given.sentiment ?? null,
  outcome: checkText(issues, 'report.outcome', given.outcome, limits.code) ?? null,
})

/** What a visit is for, and what it should achieve. */
export const checkPurpose = (
  issues: ValidationIssues,
  given: { purpose: string; objectives?: readonly string[] | null | undefined },
) => {
  const objectives = checkList(issues, 'objectives', given.objectives, limits.visitObjectives) ?? []
  return {
    purpose: checkRequiredText(issues, 'purpose', given.purpose, limits.visitPurpose),
    objectives: objectives.map((objective, at) =>
      checkRequiredText(issues, `objectives.${at}`, objective, limits.visitPurpose),
    ),
  }
}
