import { limits, normalizeLine, normalizeText } from '@clientele/contracts'
import { checkList, checkNumber, checkText, type ValidationIssues } from '@clientele/kit'
import { QuestionKind, type SurveyQuestion, scales } from '../questions/question.entity.js'
import type { StoredAnswer } from './answer.entity.js'
import type { SurveyAnswerInput } from './answer.input.js'

const { SINGLE, MULTI, TEXT } = QuestionKind
const fieldOf = (kind: QuestionKind) =>
  kind === SINGLE ? 'choice' : kind === MULTI ? 'choices' : kind === TEXT ? 'text' : 'score'

/** What an answer says: one, none, or what is not right. */
type Reading = StoredAnswer | 'unanswered' | 'refused'

/** The answers as they are stored, in the order of their questions. Pure. */
export const checkAnswers = (
  issues: ValidationIssues,
  path: string,
  questions: readonly SurveyQuestion[],
  given: readonly SurveyAnswerInput[],
): StoredAnswer[] => {
  const before = issues.found.length
  const byKey = new Map(questions.map((question) => [question.key, question]))
  const readings = new Map<string, Reading>()
  for (const [index, input] of (checkList(issues, path, given, limits.answers) ?? []).entries()) {
    const at = issues.below(`${path}.${index}`)
    const question = byKey.get(normalizeLine(input.question))
    if (!question) at.add('question', 'answer.unknown_question', 'a question of this version of the survey')
    else if (readings.has(question.key)) at.add('question', 'list.repeated', 'one answer to each question')
    else readings.set(question.key, read(at, question, input))
  }
  for (const { key, required } of questions) {
    const isMissing = required && (readings.get(key) ?? 'unanswered') === 'unanswered'
    issues.must(!isMissing, path, 'answer.required', `${key} must be answered`, { question: key })
  }
  const answers = questions.map(({ key }) => readings.get(key)).filter((reading) => typeof reading === 'object')
  const isWrong = issues.found.length > before
  issues.must(isWrong || answers.length > 0, path, 'answer.none', 'an answer to at least one question')
  return answers
}

const read = (issues: ValidationIssues, question: SurveyQuestion, input: SurveyAnswerInput): Reading => {
  const before = issues.found.length
  const field = fieldOf(question.kind)
  const stray = (['score', 'choice', 'choices', 'text'] as const).find((name) => name !== field && input[name] != null)
  if (stray)
    issues.add(stray, 'answer.kind', `none: a ${question.kind} question is answered with ${field}`, {
      kind: question.kind,
      field,
    })
  const said = stray ? undefined : readers[field](issues, question, input)
  if (issues.found.length > before) return 'refused'
  const { key, kind } = question
  return said ? { question: key, kind, score: null, choices: null, text: null, ...said } : 'unanswered'
}

type Said = Partial<Pick<StoredAnswer, 'score' | 'choices' | 'text'>>
type Reader = (issues: ValidationIssues, question: SurveyQuestion, input: SurveyAnswerInput) => Said | undefined

const readers: Record<ReturnType<typeof fieldOf>, Reader> = {
  score: (issues, { kind }, { score }) => {
    const scale = scales[kind]
    return score != null && scale ? { score: checkNumber(issues, 'score', score, scale) } : undefined
  },
  choice: (issues, question, { choice }) =>
    choice ? { choices: choose(issues, question, [choice].map(normalizeLine), () => 'choice') } : undefined,
  choices: (issues, question, { choices }) => {
    const chosen = checkList(issues, 'choices', choices, limits.answerChoices)
    return chosen?.length
      ? { choices: choose(issues, question, chosen.map(normalizeLine), (at) => `choices.${at}`) }
      : undefined
  },
  text: (issues, _, { text }) => {
    const said = normalizeText(text ?? '') ? checkText(issues, 'text', text, limits.answerText) : null
    return said ? { text: said } : undefined
  },
}

/** A set, in the order in which the question offers it. */
const choose = (
  issues: ValidationIssues,
  question: SurveyQuestion,
  chosen: readonly string[],
  pathOf: (at: number) => string,
) => {
  const known = question.choices.map(({ key }) => key)
  const strange = chosen.findIndex((one) => !known.includes(one))
  issues.must(strange < 0, pathOf(strange), 'answer.unknown_choice', `one of ${known.join(', ')}`, { allowed: known })
  return known.filter((one) => chosen.includes(one))
}
