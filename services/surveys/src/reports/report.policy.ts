import { customerReach } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** A report counts the responses of those customers whom its reader reaches: numbers without people. */
export const reportPolicy = policy('SurveyReport', {
  belongs: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { sees: 'SENSITIVE', read: customerReach.admin },
    manager: { sees: 'SENSITIVE', read: customerReach.manager },
    sales: { sees: 'PERSONAL', read: customerReach.sales },
    service: { sees: 'PERSONAL', read: customerReach.service },
    analyst: { sees: 'PLAIN', read: customerReach.analyst },
    privacy_officer: { sees: 'SENSITIVE', read: customerReach.privacy_officer },
    service_account: { sees: 'PERSONAL', read: customerReach.service_account },
  },
  opens: { read: ['surveyReport'] },
  fields: {
    SurveyReport: { PLAIN: ['surveyId', 'n', 'questions'] },
    SurveyQuestionReport: {
      PLAIN: ['key', 'kind', 'text', 'aspect', 'n', 'suppressed', 'score', 'ci95', 'distribution'],
    },
    SurveyAnswerShare: { PLAIN: ['value', 'choice', 'label', 'count', 'share'] },
    SurveyConfidenceInterval: { PLAIN: ['low', 'high'] },
  },
})
