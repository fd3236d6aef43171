import { customerReach } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/**
 * A response belongs to whoever its customer belongs to. Everybody who reaches the customer sees scores; the customer's
 * own words are personal. Whoever works with customers takes responses down.
 */
export const responsePolicy = policy('SurveyResponse', {
  belongs: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { sees: 'SENSITIVE', read: customerReach.admin, record: 'TENANT' },
    manager: { sees: 'SENSITIVE', read: customerReach.manager, record: 'TERRITORY' },
    sales: { sees: 'PERSONAL', read: customerReach.sales, record: 'TERRITORY' },
    service: { sees: 'PERSONAL', read: customerReach.service, record: 'TENANT' },
    analyst: { sees: 'PLAIN', read: customerReach.analyst },
    privacy_officer: { sees: 'SENSITIVE', read: customerReach.privacy_officer },
    service_account: { sees: 'PERSONAL', read: customerReach.service_account },
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
