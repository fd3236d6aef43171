import { validationIssues } from '@clientele/kit'
import { checkQuestions } from './check-questions.js'
import { QuestionKind } from './question.entity.js'
import type { SurveyQuestionInput } from './question.input.js'

const aQuestion = (fields: Partial<SurveyQuestionInput> = {}): SurveyQuestionInput => ({
  key: 'q1',
  kind: QuestionKind.NPS,
  text: { en: 'How likely?' },
  required: false,
  ...fields,
})
const aChoice = (key: string) => ({ key, label: { en: key || 'none' } })
const choices = [aChoice('a'), aChoice('b')]
const check = (...given: SurveyQuestionInput[]) => {
  const issues = validationIssues()
  const questions = checkQuestions(issues, 'questions', given)
  return { questions, issues: issues.found.map(({ path, reason }) => [path, reason]) }
}
const issuesOf = (...questions: SurveyQuestionInput[]) => check(...questions).issues

test('questions are stored trimmed, with null for what is not there', () => {
  const given = aQuestion({ key: ' 满意度 ', text: { zh: ' 您好 ', en: ' ' }, required: true, aspect: ' delivery ' })
  expect(check(given)).toEqual({
    issues: [],
    questions: [
      { key: '满意度', kind: 'NPS', text: { zh: '您好', en: null }, required: true, choices: [], aspect: 'delivery' },
    ],
  })
})

test('choices keep their order', () => {
  const { questions, issues } = check(aQuestion({ kind: QuestionKind.MULTI, choices }))
  expect(issues).toEqual([])
  expect(questions[0]?.choices.map(({ key }) => key)).toEqual(['a', 'b'])
})

test.each<[string, Partial<SurveyQuestionInput>, [string, string][]]>([
  ['a blank in the key', { key: 'a b' }, [['key', 'key.malformed']]],
  ['an empty key', { key: ' ' }, [['key', 'text.required']]],
  ['a key of 65 characters', { key: 'a'.repeat(65) }, [['key', 'text.too_long']]],
  ['an address as a key', { key: 'a@b.example' }, [['key', 'key.malformed']]],
  ['no text', { text: {} }, [['text', 'text.required']]],
  ['blank texts', { text: { zh: ' ', en: null } }, [['text', 'text.required']]],
  ['501 characters', { text: { en: 'a', zh: '好'.repeat(501) } }, [['text.zh', 'text.too_long']]],
  ['500 characters outside of the basic plane', { text: { en: '😊'.repeat(500) } }, []],
  ['an aspect with a blank', { aspect: 'a b' }, [['aspect', 'key.malformed']]],
  ['choices of a score', { choices }, [['choices', 'choices.unexpected']]],
  ['no choices', { kind: QuestionKind.SINGLE }, [['choices', 'list.too_short']]],
  ['one choice', { kind: QuestionKind.SINGLE, choices: choices.slice(1) }, [['choices', 'list.too_short']]],
  [
    '51 choices',
    { kind: QuestionKind.MULTI, choices: Array.from({ length: 51 }, (_, at) => aChoice(`c${at}`)) },
    [['choices', 'list.too_long']],
  ],
  [
    'a choice twice',
    { kind: QuestionKind.SINGLE, choices: [...choices, aChoice('a')] },
    [['choices.2.key', 'list.repeated']],
  ],
  [
    'a choice without key and label',
    { kind: QuestionKind.SINGLE, choices: [...choices, { key: '', label: {} }] },
    [
      ['choices.2.key', 'text.required'],
      ['choices.2.label', 'text.required'],
    ],
  ],
])('%s', (_, fields, issues) => {
  expect(issuesOf(aQuestion({ key: 'q0' }), aQuestion(fields))).toEqual(
    issues.map(([path, reason]) => [`input.questions.1.${path}`, reason]),
  )
})

test('a key names one question, and there are at most 100', () => {
  expect(issuesOf(aQuestion(), aQuestion({ key: 'q1 ' }))).toEqual([['input.questions.1.key', 'list.repeated']])
  const many = Array.from({ length: 101 }, (_, at) => aQuestion({ key: `q${at}` }))
  expect(issuesOf(...many)).toEqual([['input.questions', 'list.too_long']])
  expect(issuesOf(...many.slice(1))).toEqual([])
})
