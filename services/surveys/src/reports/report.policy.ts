import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** A report counts the responses of the customers in its reader's access scope: numbers without people. */
export const reportPolicy = policy('SurveyReport', {
  ownership: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales },
    service: { clearance: 'PERSONAL', read: customerAccess.service },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
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
