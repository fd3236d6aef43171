import {
  charactersOf,
  normalizeLine,
  normalizeText,
  patternOf,
  type TextForm,
  type TextLimit,
} from '@clientele/contracts'
import type { PlainReason } from '../messages/reasons.js'
import { isId } from './id.js'
import type { ValidationIssues } from './validation-issues.js'

type Text = string | null | undefined

const malformed: Partial<Record<TextForm, { reason: PlainReason; message: string }>> = {
  key: { reason: 'key.malformed', message: 'a key, which has no blanks and no @' },
  code: {
    reason: 'code.malformed',
    message: 'a code, which begins with a letter or digit and has only A-Z a-z 0-9 . _ : -',
  },
  subject: { reason: 'subject.malformed', message: 'a subject of the identity provider, without blanks' },
}

/** The text in the form in which it is stored, with its issues; `undefined` (not given) and `null` (to be cleared) stay what they are. */
export const checkText = (issues: ValidationIssues, path: string, given: Text, limit: TextLimit): Text => {
  if (given == null) return given
  const text = normalized(given, limit)
  if (text === '') {
    if (!issues.lenient) issues.add(path, 'text.required', 'a text that is not blank; leave it out or give null')
    return null
  }
  checkForm(issues, path, text, limit)
  return text
}

/** As `checkText`, for what is required: null and a blank text are issues. */
export const checkRequiredText = (issues: ValidationIssues, path: string, given: Text, limit: TextLimit): string => {
  const text = normalized(given ?? '', limit)
  if (text === '') issues.add(path, 'text.required', 'a text that is not blank')
  else checkForm(issues, path, text, limit)
  return text
}

const normalized = (given: string, { form }: TextLimit) => (form === 'text' ? normalizeText : normalizeLine)(given)

const checkForm = (issues: ValidationIssues, path: string, text: string, limit: TextLimit) => {
  const form = malformed[limit.form]
  if (charactersOf(text) > limit.most)
    issues.add(path, 'text.too_long', `at most ${limit.most} characters`, { most: limit.most })
  else if (form && !patternOf(limit).test(text)) issues.add(path, form.reason, form.message)
}

/** The id as it is stored; what is no UUID is an issue. */
export const checkId = (issues: ValidationIssues, path: string, given: string): string => {
  issues.must(isId(given), path, 'id.malformed', 'a UUID')
  return given.toLowerCase()
}
