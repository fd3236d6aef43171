import { limits, normalizeText } from '@clientele/contracts'
import { checkList, checkRequiredText, checkText, type ValidationIssues, withoutRepeats } from '@clientele/kit'
import { hasChoices, type SurveyChoice, type SurveyQuestion, type SurveyText } from './question.entity.js'
import type { SurveyQuestionInput, SurveyTextInput } from './question.input.js'

/** The questions as they are stored. Pure. */
export const checkQuestions = (issues: ValidationIssues, path: string, inputs: readonly SurveyQuestionInput[]) => {
  const list = checkList(issues, path, inputs, limits.surveyQuestions) ?? []
  const questions = list.map((input, at) => checkQuestion(issues.below(`${path}.${at}`), input))
  return withoutRepeats(issues, path, questions, ({ key }) => key, 'key')
}

const checkQuestion = (issues: ValidationIssues, input: SurveyQuestionInput): SurveyQuestion => ({
  key: checkRequiredText(issues, 'key', input.key, limits.key),
  kind: input.kind,
  text: checkBothTexts(issues, 'text', input.text),
  required: input.required,
  choices: checkChoices(issues, input),
  aspect: checkText(issues, 'aspect', input.aspect, limits.key) ?? null,
})

const checkChoices = (issues: ValidationIssues, { kind, choices }: SurveyQuestionInput): SurveyChoice[] => {
  if (!hasChoices(kind)) {
    issues.must(!choices?.length, 'choices', 'choices.unexpected', `none: a ${kind} question has no choices`, { kind })
    return []
  }
  const list = checkList(issues, 'choices', choices ?? [], limits.questionChoices) ?? []
  const checked = list.map(({ key, label }, at) => ({
    key: checkRequiredText(issues, `choices.${at}.key`, key, limits.key),
    label: checkBothTexts(issues, `choices.${at}.label`, label),
  }))
  return withoutRepeats(issues, 'choices', checked, ({ key }) => key, 'key')
}

const checkBothTexts = (issues: ValidationIssues, path: string, given: SurveyTextInput): SurveyText => {
  const text = {
    zh: checkText(issues, `${path}.zh`, orNone(given.zh), limits.questionText) ?? null,
    en: checkText(issues, `${path}.en`, orNone(given.en), limits.questionText) ?? null,
  }
  issues.must(Boolean(text.zh || text.en), path, 'text.required', 'a text in zh, en or both')
  return text
}

/** Of a text in two languages one may be blank. */
const orNone = (text: string | null | undefined) => (normalizeText(text ?? '') ? text : null)
