import { type Context, hasTenantScope, within } from '@clientele/kit'
import type { QuestionKind, SurveyQuestion } from '../questions/question.entity.js'
import { reportPolicy } from './report.policy.js'

/** Which responses a report is about; versions and `from` are inclusive, `to` is not. */
export interface ReportScope {
  surveyId: string
  versionFrom?: number | null
  versionTo?: number | null
  from?: Date | null
  to?: Date | null
}

/** How many responses answered a question (no score and no choice), or answered it with this score or choice. */
export interface AnswerCount {
  question: string
  kind: QuestionKind
  score: number | null
  choice: string | null
  count: number
}

type Reader = Pick<Context, 'em' | 'actor'>

const isAbout = `survey_id = ? and survey_version between ? and ?
  and completed_at >= ?::timestamptz and completed_at < ?::timestamptz`

const parametersOf = ({ surveyId, versionFrom, versionTo, from, to }: ReportScope) => [
  surveyId,
  versionFrom ?? 0,
  versionTo ?? 2_147_483_647,
  from?.toISOString() ?? '-infinity',
  to?.toISOString() ?? 'infinity',
]

/** Counts the answers of a scope question by question, those in the reader's access scope, in one statement that reads each answer once. */
export const countAnswers = ({ em, actor }: Reader, scope: ReportScope) => {
  const { sql, params } = within(actor, reportPolicy.read, 'r')
  const isOfReader = hasTenantScope(actor, reportPolicy.read)
    ? 'true'
    : `exists (select from survey_response r where r.id = a.response_id and ${sql})`
  return em.execute<AnswerCount[]>(
    `with given as materialized (
       select question, kind, score, choices from survey_answer a where ${isAbout} and ${isOfReader})
     select question, kind, null::smallint as score, null as choice, count(*)::int as count
       from given group by question, kind
     union all
     select question, kind, score, null, count(*)::int from given where score is not null group by question, kind, score
     union all
     select question, kind, null, choice, count(*)::int
       from given cross join lateral unnest(choices) as choice group by question, kind, choice`,
    [...parametersOf(scope), ...params],
  )
}

/** Counts the responses of a scope, those in the reader's access scope. */
export const countResponses = async ({ em, actor }: Reader, scope: ReportScope): Promise<number> => {
  const { sql, params } = within(actor, reportPolicy.read, 'r')
  const [row] = await em.execute<{ n: number }[]>(
    `select count(*)::int as n from survey_response r where ${isAbout} and ${sql}`,
    [...parametersOf(scope), ...params],
  )
  return row?.n ?? 0
}

/** Every question that the versions of a scope ask, as its latest version puts it, in the order of the latest version first. */
export const questionsOf = async (em: Context['em'], { surveyId, versionFrom, versionTo }: ReportScope) => {
  const rows = await em.execute<{ question: SurveyQuestion }[]>(
    `select question from (
       select distinct on (question ->> 'key', question ->> 'kind') question, number, place
       from survey_version cross join lateral jsonb_array_elements(questions) with ordinality as asked (question, place)
       where survey_id = ? and number between ? and ?
       order by question ->> 'key', question ->> 'kind', number desc) latest
     order by number desc, place`,
    [surveyId, versionFrom ?? 0, versionTo ?? 2_147_483_647],
  )
  return rows.map(({ question }) => question)
}
