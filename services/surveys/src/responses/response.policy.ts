import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/**
 * A response belongs to whoever its customer belongs to. Everybody with the customer in scope sees scores; the customer's
 * own words are personal. Whoever works with customers takes responses down.
 */
export const responsePolicy = policy('SurveyResponse', {
  word: 'response',
  ownership: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin, record: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager, record: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales, record: 'TERRITORY' },
    service: { clearance: 'PERSONAL', read: customerAccess.service, record: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
  },
  opens: {
    read: ['surveyResponse', 'surveyResponses', 'Customer.surveyResponses', 'Customer.satisfaction'],
    record: ['recordResponse'],
  },
  fields: {
    SurveyResponse: {
      PLAIN: [
        'surveyId',
        'surveyVersion',
        'customerId',
        'invitationId',
        'mode',
        'completedAt',
        'nps',
        'csat',
        'ces',
        'survey',
        'customer',
        'context',
        'answers',
      ],
    },
    SurveyAnswer: { PLAIN: ['question', 'kind', 'score', 'choices'], PERSONAL: ['text'] },
    SurveyResponseReceipt: { PLAIN: ['completedAt'] },
    CustomerSatisfaction: { PLAIN: ['nps', 'csat', 'ces', 'lastRespondedAt', 'responses'] },
  },
  inputs: { SurveyAnswerInput: 'SurveyAnswer' },
})
