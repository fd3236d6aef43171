import { normalizeLine, normalizeText } from '@clientele/contracts'
import type { FieldFault } from '@clientele/kit'
import { hasChoices, type SurveyChoice, type SurveyQuestion, type SurveyText } from './question.entity.js'
import type { SurveyChoiceInput, SurveyQuestionInput, SurveyTextInput } from './question.input.js'

const limits = { questions: 100, choices: 50, text: 500 }

/** Whether a text can be a key: 1 to 64 characters of any script without blanks and `@`. */
export const isKey = (text: string) => /^[^\s@]{1,64}$/u.test(text)

/** The questions as they are stored, and everything that is wrong with them by its path below `path`. Pure. */
export const checkQuestions = (inputs: readonly SurveyQuestionInput[], path: string) => {
  const faults: FieldFault[] = []
  if (inputs.length > limits.questions) {
    faults.push({ path, reason: 'questions.too_many', message: `at most ${limits.questions} questions` })
  }
  const questions = inputs.map((input, at) => checkQuestion(input, `${path}.${at}`, faults))
  checkUnique(questions, path, faults)
  return { questions, faults }
}

const checkQuestion = (input: SurveyQuestionInput, path: string, faults: FieldFault[]): SurveyQuestion => ({
  key: checkKey(input.key, `${path}.key`, faults),
  kind: input.kind,
  text: checkText(input.text, `${path}.text`, faults),
  required: input.required,
  choices: checkChoices(input, `${path}.choices`, faults),
  aspect: input.aspect == null ? null : checkKey(input.aspect, `${path}.aspect`, faults),
})

const checkChoices = ({ kind, choices }: SurveyQuestionInput, path: string, faults: FieldFault[]): SurveyChoice[] => {
  const given = choices ?? []
  if (!hasChoices(kind)) {
    if (given.length) faults.push({ path, reason: 'choices.unexpected', message: `a ${kind} question has no choices` })
    return []
  }
  if (given.length < 2 || given.length > limits.choices) {
    faults.push({ path, reason: 'choices.count', message: `2 to ${limits.choices} choices` })
  }
  const checked = given.map((choice: SurveyChoiceInput, at) => ({
    key: checkKey(choice.key, `${path}.${at}.key`, faults),
    label: checkText(choice.label, `${path}.${at}.label`, faults),
  }))
  checkUnique(checked, path, faults)
  return checked
}

const checkKey = (given: string, path: string, faults: FieldFault[]) => {
  const key = normalizeLine(given)
  if (!isKey(key)) faults.push({ path, reason: 'key.form', message: '1 to 64 characters without blanks and @' })
  return key
}

const checkText = (given: SurveyTextInput, path: string, faults: FieldFault[]): SurveyText => {
  const text = { zh: normalizeText(given.zh ?? '') || null, en: normalizeText(given.en ?? '') || null }
  if (!text.zh && !text.en) faults.push({ path, reason: 'text.empty', message: 'a text in zh, en or both' })
  for (const [language, written] of Object.entries(text)) {
    if (written && [...written].length > limits.text) {
      faults.push({
        path: `${path}.${language}`,
        reason: 'text.too_long',
        message: `at most ${limits.text} characters`,
      })
    }
  }
  return text
}

const checkUnique = (all: readonly { key: string }[], path: string, faults: FieldFault[]) => {
  const seen = new Set<string>()
  for (const [at, { key }] of all.entries()) {
    if (seen.has(key))
      faults.push({ path: `${path}.${at}.key`, reason: 'key.twice', message: 'another one has this key' })
    seen.add(key)
  }
}
