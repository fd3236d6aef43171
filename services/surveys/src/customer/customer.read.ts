import { connection, part, reads } from '@clientele/query-compiler'

const latest = (customer: string, column: string, among = 'true') =>
  `(select given.${column} from survey_response given where given.customer_id = ${customer}.id and ${among}
    order by given.completed_at desc, given.id desc limit 1)`

const measure = (name: string) => (customer: string) => latest(customer, name, `given.${name} is not null`)

export const customerReads = [
  reads(
    'Customer',
    {
      surveyResponses: connection('SurveyResponse', { by: 'customerId', orderBy: [['completedAt', 'desc']] }),
      satisfaction: part(
        {
          nps: measure('nps'),
          csat: measure('csat'),
          ces: measure('ces'),
          lastRespondedAt: (customer) => latest(customer, 'completed_at'),
          responses: (customer) =>
            `(select count(*)::int from survey_response given where given.customer_id = ${customer}.id)`,
        },
        (customer) => `exists (select from survey_response given where given.customer_id = ${customer}.id)`,
      ),
    },
    { keptIn: 'customer' },
  ),
]
