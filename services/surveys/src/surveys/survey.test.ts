import { SurveyStatus } from './survey.entity.js'
import { surveyWorkflow } from './survey.workflow.js'

const legal: [SurveyStatus, SurveyStatus][] = [
  [SurveyStatus.DRAFT, SurveyStatus.PUBLISHED],
  [SurveyStatus.PUBLISHED, SurveyStatus.PUBLISHED],
  [SurveyStatus.PUBLISHED, SurveyStatus.CLOSED],
]
const all = Object.values(SurveyStatus)
const pairs = all.flatMap((from) => all.map((to) => [from, to] as const))

test.each(pairs)('from %s to %s', (from, to) => {
  const survey = { status: from }
  if (legal.some(([one, other]) => one === from && other === to)) {
    surveyWorkflow.move(survey, to)
    expect(survey.status).toBe(to)
  } else {
    expect(() => surveyWorkflow.move(survey, to)).toThrow(
      expect.objectContaining({ reason: 'survey.illegal_transition' }),
    )
    expect(survey.status).toBe(from)
  }
})
