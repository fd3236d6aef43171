import { byId, connection, reads, row, rows } from '@clientele/query-compiler'

export const surveyReads = [
  reads('Survey', {
    versions: rows((survey) => `select * from survey_version where survey_id = ${survey}.id order by number`),
    current: row(
      (survey) => `select * from survey_version where survey_id = ${survey}.id and number = ${survey}.current_version`,
    ),
  }),
  reads('Query', {
    survey: byId('Survey'),
    surveys: connection('Survey', { orderBy: [['createdAt', 'asc']] }),
  }),
]
