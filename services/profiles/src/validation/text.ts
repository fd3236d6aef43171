import { normalizeLine } from '@clientele/contracts'
import { complain, type Findings, fault } from './findings.js'

type Text = string | null | undefined

/** The text as it is stored, in one line; `undefined` (not given) and `null` (to be cleared) stay what they are. */
export const checkText = (findings: Findings, path: string, value: Text, max: number): Text => {
  if (value == null) return value
  const text = normalizeLine(value)
  if (text === '') {
    if (!findings.lenient) fault(findings, path, 'text.empty', 'must not be empty; leave it out or give null')
    return null
  }
  if (text.length > max) fault(findings, path, 'text.too_long', `must have at most ${max} characters`)
  return text
}

/** Like `checkText`, for what is required: null and empty texts are faults. */
export const checkRequiredText = (findings: Findings, path: string, value: Text, max: number): string => {
  const text = checkText({ ...findings, lenient: true }, path, value, max)
  if (text == null) fault(findings, path, 'text.empty', 'must not be empty')
  return text ?? ''
}

/** A key as events carry it: any script, no blank, no `@`, at most `max` characters. */
export const checkKey = (findings: Findings, path: string, value: Text, max = 64): Text => {
  const text = checkText(findings, path, value, max)
  if (text && /[\s@]/u.test(text)) fault(findings, path, 'text.key', 'must hold no blank and no @')
  return text
}

/** A code as events carry it: ASCII letters, digits, `.`, `_`, `:`, `-`, at most 64. */
export const checkCode = (findings: Findings, path: string, value: Text): Text => {
  const text = checkText(findings, path, value, 64)
  if (text && !/^[A-Za-z0-9][A-Za-z0-9._:-]*$/.test(text)) {
    fault(findings, path, 'text.code', 'must begin with a letter or digit and hold only A-Z, a-z, 0-9 and . _ : -')
  }
  return text
}

/** The list, or as much of it as is allowed, with a fault. */
export const checkList = <T>(
  findings: Findings,
  path: string,
  list: readonly T[] | null | undefined,
  max: number,
): readonly T[] | undefined => {
  if (list === undefined) return undefined
  if (list && list.length > max) fault(findings, path, 'list.too_long', `must have at most ${max} entries`)
  return (list ?? []).slice(0, max)
}

/** Reports the entries that repeat an earlier one and leaves them out. */
export const withoutRepeats = <T>(
  findings: Findings,
  path: string,
  reason: string,
  list: readonly T[],
  identity: (one: T) => string,
): T[] => {
  const seen = new Set<string>()
  return list.filter((one, index) => {
    const key = identity(one)
    if (!seen.has(key)) return seen.add(key)
    complain(findings, `${path}.${index}`, reason, 'repeats an entry before it')
    return false
  })
}
