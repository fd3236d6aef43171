import { arrayParameter, type Context } from '@clientele/kit'
import type { StoredAnswer } from './answer.entity.js'

/** The answers of each response, in the order of the questions in its version; one statement for all. */
export const answersOf = async (em: Context['em'], responseIds: readonly string[]): Promise<StoredAnswer[][]> => {
  const rows = await em.execute<(StoredAnswer & { responseId: string })[]>(
    `select a.response_id as "responseId", a.question, a.kind, a.score, a.choices, a.text
     from survey_answer a join survey_version v on v.survey_id = a.survey_id and v.number = a.survey_version
       and v.tenant = a.tenant
       cross join lateral jsonb_array_elements(v.questions) with ordinality as asked (question, place)
     where a.response_id = any(?::uuid[]) and asked.question ->> 'key' = a.question
     order by a.response_id, asked.place`,
    [arrayParameter(responseIds)],
  )
  const byResponse = Map.groupBy(rows, ({ responseId }) => responseId)
  return responseIds.map((id) => byResponse.get(id) ?? [])
}
