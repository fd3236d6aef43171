import { checkQuestions, isKey } from './check-questions.js'
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
const faultsOf = (...questions: SurveyQuestionInput[]) =>
  checkQuestions(questions, 'input.questions').faults.map(({ path, reason }) => [path, reason])

test('questions are stored trimmed, with null for what is not there', () => {
  const given = aQuestion({ key: ' 满意度 ', text: { zh: ' 您好 ', en: ' ' }, required: true, aspect: ' delivery ' })
  expect(checkQuestions([given], 'q')).toEqual({
    faults: [],
    questions: [
      { key: '满意度', kind: 'NPS', text: { zh: '您好', en: null }, required: true, choices: [], aspect: 'delivery' },
    ],
  })
})

test('choices keep their order', () => {
  const { questions, faults } = checkQuestions([aQuestion({ kind: QuestionKind.MULTI, choices })], 'q')
  expect(faults).toEqual([])
  expect(questions[0]?.choices.map(({ key }) => key)).toEqual(['a', 'b'])
})

test.each<[string, Partial<SurveyQuestionInput>, [string, string][]]>([
  ['a blank in the key', { key: 'a b' }, [['key', 'key.form']]],
  ['an empty key', { key: ' ' }, [['key', 'key.form']]],
  ['a key of 65 characters', { key: 'a'.repeat(65) }, [['key', 'key.form']]],
  ['an address as a key', { key: 'a@b.example' }, [['key', 'key.form']]],
  ['no text', { text: {} }, [['text', 'text.empty']]],
  ['blank texts', { text: { zh: ' ', en: null } }, [['text', 'text.empty']]],
  ['501 characters', { text: { en: 'a', zh: '好'.repeat(501) } }, [['text.zh', 'text.too_long']]],
  ['500 characters outside of the basic plane', { text: { en: '😊'.repeat(500) } }, []],
  ['an aspect with a blank', { aspect: 'a b' }, [['aspect', 'key.form']]],
  ['choices of a score', { choices }, [['choices', 'choices.unexpected']]],
  ['no choices', { kind: QuestionKind.SINGLE }, [['choices', 'choices.count']]],
  ['one choice', { kind: QuestionKind.SINGLE, choices: choices.slice(1) }, [['choices', 'choices.count']]],
  [
    '51 choices',
    { kind: QuestionKind.MULTI, choices: Array.from({ length: 51 }, (_, at) => aChoice(`c${at}`)) },
    [['choices', 'choices.count']],
  ],
  [
    'a choice twice',
    { kind: QuestionKind.SINGLE, choices: [...choices, aChoice('a')] },
    [['choices.2.key', 'key.twice']],
  ],
  [
    'a choice without key and label',
    { kind: QuestionKind.SINGLE, choices: [...choices, { key: '', label: {} }] },
    [
      ['choices.2.key', 'key.form'],
      ['choices.2.label', 'text.empty'],
    ],
  ],
])('%s', (_, fields, faults) => {
  expect(faultsOf(aQuestion({ key: 'q0' }), aQuestion(fields))).toEqual(
    faults.map(([path, reason]) => [`input.questions.1.${path}`, reason]),
  )
})

test('a key names one question, and there are at most 100', () => {
  expect(faultsOf(aQuestion(), aQuestion({ key: 'q1 ' }))).toEqual([['input.questions.1.key', 'key.twice']])
  const many = Array.from({ length: 101 }, (_, at) => aQuestion({ key: `q${at}` }))
  expect(faultsOf(...many)).toEqual([['input.questions', 'questions.too_many']])
  expect(faultsOf(...many.slice(1))).toEqual([])
})

test.each([
  ['after-visit', true],
  ['满意度/2026', true],
  ['', false],
  ['a\tb', false],
])('isKey(%j) is %s', (text, expected) => {
  expect(isKey(text)).toBe(expected)
})
