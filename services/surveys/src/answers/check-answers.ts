import { normalizeLine, normalizeText } from '@clientele/contracts'
import type { FieldFault } from '@clientele/kit'
import { QuestionKind, type SurveyQuestion, scales } from '../questions/question.entity.js'
import type { StoredAnswer } from './answer.entity.js'
import type { SurveyAnswerInput } from './answer.input.js'

const maxText = 4_000
const { SINGLE, MULTI, TEXT } = QuestionKind
const fieldOf = (kind: QuestionKind) =>
  kind === SINGLE ? 'choice' : kind === MULTI ? 'choices' : kind === TEXT ? 'text' : 'score'

/** An answer, none, or what is wrong with it; the fault's path starts at the answer. */
type Reading = { answer: StoredAnswer | null } | { fault: FieldFault }
const unanswered: Reading = { answer: null }

/** The answers as they are stored, in the order of their questions, and everything that is wrong with them by its path below `path`. Pure. */
export const checkAnswers = (
  questions: readonly SurveyQuestion[],
  inputs: readonly SurveyAnswerInput[],
  path: string,
) => {
  const byKey = new Map(questions.map((question) => [question.key, question]))
  const readings = new Map<string, Reading>()
  const faults: FieldFault[] = []
  for (const [index, given] of inputs.entries()) {
    const input = { ...given, question: normalizeLine(given.question) }
    const reading = read(byKey.get(input.question), input, readings)
    readings.set(input.question, reading)
    if ('fault' in reading) faults.push({ ...reading.fault, path: `${path}.${index}.${reading.fault.path}` })
  }
  const answers: StoredAnswer[] = []
  for (const { key, required } of questions) {
    const reading = readings.get(key) ?? unanswered
    if ('fault' in reading) continue
    if (reading.answer) answers.push(reading.answer)
    else if (required) faults.push({ path, reason: 'answer.required', message: `${key} must be answered` })
  }
  if (!answers.length && !faults.length) {
    faults.push({ path, reason: 'answer.none', message: 'an answer to at least one question' })
  }
  return { answers, faults }
}

const read = (
  question: SurveyQuestion | undefined,
  input: SurveyAnswerInput,
  earlier: ReadonlyMap<string, Reading>,
): Reading => {
  if (!question) return wrong('question', 'answer.unknown_question', 'a question of this version of the survey')
  if (earlier.has(question.key)) return wrong('question', 'answer.twice', 'one answer to each question')
  const field = fieldOf(question.kind)
  const stray = (['score', 'choice', 'choices', 'text'] as const).find((name) => name !== field && input[name] != null)
  if (stray) return wrong(stray, 'answer.kind', `a ${question.kind} question is answered with ${field}`)
  return readers[field](question, input)
}

const readers: Record<ReturnType<typeof fieldOf>, (question: SurveyQuestion, input: SurveyAnswerInput) => Reading> = {
  score: ({ key, kind }, { score }) => {
    if (score == null) return unanswered
    const [low, high] = scales[kind] ?? [0, 0]
    if (score < low || score > high) return wrong('score', 'answer.range', `${low} to ${high}`)
    return { answer: { ...empty(key, kind), score } }
  },
  choice: (question, { choice }) => (choice ? choose(question, [choice].map(normalizeLine), 'choice') : unanswered),
  choices: (question, { choices }) =>
    choices?.length ? choose(question, choices.map(normalizeLine), 'choices') : unanswered,
  text: ({ key, kind }, input) => {
    const text = normalizeText(input.text ?? '')
    if (!text) return unanswered
    if ([...text].length > maxText) return wrong('text', 'answer.too_long', `at most ${maxText} characters`)
    return { answer: { ...empty(key, kind), text } }
  },
}

const choose = (
  { key, kind, choices }: SurveyQuestion,
  chosen: readonly string[],
  field: 'choice' | 'choices',
): Reading => {
  const known = choices.map((choice) => choice.key)
  const strange = chosen.findIndex((one) => !known.includes(one))
  if (strange >= 0) {
    const at = field === 'choice' ? field : `${field}.${strange}`
    return wrong(at, 'answer.unknown_choice', `one of ${known.join(', ')}`)
  }
  // A set, in the order in which the question offers it.
  return {
    answer: { ...empty(key, kind), choices: known.filter((one) => chosen.includes(one)) },
  }
}

const wrong = (path: string, reason: string, message: string): Reading => ({ fault: { path, reason, message } })

const empty = (question: string, kind: QuestionKind): StoredAnswer => ({
  question,
  kind,
  score: null,
  choices: null,
  text: null,
})
