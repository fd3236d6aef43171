import { validationIssues } from '@clientele/kit'
import { QuestionKind, type SurveyQuestion } from '../questions/question.entity.js'
import type { SurveyAnswerInput } from './answer.input.js'
import { checkAnswers } from './check-answers.js'

const aQuestion = (key: string, kind: QuestionKind, required = false): SurveyQuestion => ({
  ...{ key, kind, required, aspect: null, text: { zh: null, en: key } },
  choices: ['red', 'green', 'blue'].map((color) => ({ key: color, label: { zh: null, en: color } })),
})
const questions = Object.values(QuestionKind).map((kind) => aQuestion(kind.toLowerCase(), kind))
const checkOf = (asked: readonly SurveyQuestion[], inputs: SurveyAnswerInput[]) => {
  const issues = validationIssues()
  const answers = checkAnswers(issues, 'answers', asked, inputs)
  return { answers, issues: issues.found }
}
const check = (...inputs: SurveyAnswerInput[]) => checkOf(questions, inputs)

test.each<[SurveyAnswerInput, object]>([
  [{ question: 'nps', score: 0 }, { score: 0 }],
  [{ question: 'nps', score: 10 }, { score: 10 }],
  [{ question: 'csat', score: 1 }, { score: 1 }],
  [{ question: 'csat', score: 5 }, { score: 5 }],
  [{ question: 'ces', score: 1 }, { score: 1 }],
  [{ question: 'ces', score: 7, text: null }, { score: 7 }],
  [{ question: 'single', choice: 'green' }, { choices: ['green'] }],
  [{ question: 'multi', choices: ['blue', 'red', 'blue'] }, { choices: ['red', 'blue'] }],
  [{ question: 'text', text: '  好 👋 مرحبا ' }, { text: '好 👋 مرحبا' }],
  [{ question: 'text', text: '😊'.repeat(4_000) }, { text: '😊'.repeat(4_000) }],
])('%j is stored', (input, stored) => {
  const { answers, issues } = check(input)
  expect(issues).toEqual([])
  const kind = input.question.toUpperCase()
  expect(answers).toEqual([{ question: input.question, kind, score: null, choices: null, text: null, ...stored }])
})

test.each<[SurveyAnswerInput, string, string]>([
  [{ question: 'other', score: 1 }, 'question', 'answer.unknown_question'],
  [{ question: 'NPS', score: 1 }, 'question', 'answer.unknown_question'],
  [{ question: 'nps', score: -1 }, 'score', 'number.out_of_range'],
  [{ question: 'nps', score: 11 }, 'score', 'number.out_of_range'],
  [{ question: 'csat', score: 0 }, 'score', 'number.out_of_range'],
  [{ question: 'csat', score: 6 }, 'score', 'number.out_of_range'],
  [{ question: 'ces', score: 8 }, 'score', 'number.out_of_range'],
  [{ question: 'nps', text: '9' }, 'text', 'answer.kind'],
  [{ question: 'nps', score: 9, choice: 'red' }, 'choice', 'answer.kind'],
  [{ question: 'single', choices: ['red'] }, 'choices', 'answer.kind'],
  [{ question: 'single', choice: 'pink' }, 'choice', 'answer.unknown_choice'],
  [{ question: 'multi', choice: 'red' }, 'choice', 'answer.kind'],
  [{ question: 'multi', choices: ['red', 'pink'] }, 'choices.1', 'answer.unknown_choice'],
  [{ question: 'text', score: 1 }, 'score', 'answer.kind'],
  [{ question: 'text', text: 'a'.repeat(4_001) }, 'text', 'text.too_long'],
])('%j is refused at %s', (input, place, reason) => {
  const other = input.question === 'ces' ? { question: 'nps', score: 4 } : { question: 'ces', score: 4 }
  const { answers, issues } = check(other, input)
  expect(issues).toMatchObject([{ path: `input.answers.1.${place}`, reason }])
  expect(answers).toHaveLength(1)
})

test('a question is answered once', () => {
  const { issues } = check({ question: 'nps', score: 1 }, { question: 'nps', score: 1 })
  expect(issues).toMatchObject([{ path: 'input.answers.1.question', reason: 'list.repeated' }])
})

test('what is empty is no answer, and a response needs one', () => {
  const empty = [
    { question: 'nps' },
    { question: 'single', choice: '' },
    { question: 'multi', choices: [] },
    { question: 'text', text: ' \n' },
  ]
  expect(check(...empty).issues).toMatchObject([{ path: 'input.answers', reason: 'answer.none' }])
  expect(check().issues).toMatchObject([{ path: 'input.answers', reason: 'list.too_short' }])
  const { answers, issues } = check(...empty, { question: 'ces', score: 4 })
  expect([answers.length, issues]).toEqual([1, []])
})

test('each required question must be answered; a wrong answer to it is one issue, not two', () => {
  const required = [
    aQuestion('a', QuestionKind.NPS, true),
    aQuestion('b', QuestionKind.TEXT, true),
    aQuestion('c', QuestionKind.CES, true),
  ]
  const { issues } = checkOf(required, [
    { question: 'a', score: 99 },
    { question: 'b', text: ' ' },
  ])
  expect(issues.map(({ path, reason, message }) => [path, reason, message])).toEqual([
    ['input.answers.0.score', 'number.out_of_range', '0 to 10'],
    ['input.answers', 'answer.required', 'b must be answered'],
    ['input.answers', 'answer.required', 'c must be answered'],
  ])
})
