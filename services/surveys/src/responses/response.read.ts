import { byId, connection, key, reads, relation, rows } from '@clientele/query-compiler'
import { contextRead } from '../invitations/context.read.js'

export const responseReads = [
  reads('SurveyResponse', {
    customer: key('customerId'),
    survey: relation('Survey', 'surveyId'),
    context: contextRead,
    answers: rows(
      (response) => `select answer.* from survey_version version
          cross join lateral jsonb_array_elements(version.questions) with ordinality as asked (question, place)
          join survey_answer answer on answer.response_id = ${response}.id and answer.question = asked.question ->> 'key'
        where version.survey_id = ${response}.survey_id and version.number = ${response}.survey_version
        order by asked.place`,
    ),
  }),
  reads('Query', {
    surveyResponse: byId('SurveyResponse'),
    surveyResponses: connection('SurveyResponse', { orderBy: [['completedAt', 'asc']] }),
  }),
]
