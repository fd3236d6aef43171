import { type ListLimit, type TextLimit } from '@clientele/contracts'
import { checkList, checkRequiredText, type ValidationIssues } from '@clientele/kit'
import { addUnknown } from '../add-unknown.js'
import type { Reader } from '../text/reader.js'
import { wordsOf } from '../text/words.js'
import type { Labels } from '../vocabulary.js'

/** How long the texts of an operand may be, and how many a list of them has. */
export interface TextOperands {
  text: TextLimit
  list: ListLimit
}

/** Notes what is wrong with an operand whose every member is a text, or a list of texts under one of the names. */
export const checkTexts = (
  issues: ValidationIssues,
  path: string,
  operand: object,
  { text, list }: TextOperands,
  members: Readonly<Record<string, 'text' | 'list'>>,
): void => {
  const given = Object.entries(operand)
  issues.must(given.length > 0, path, 'condition.empty', 'at least one comparison')
  for (const [name, value] of given) {
    const here = `${path}.${name}`
    const form = Object.hasOwn(members, name) ? members[name] : undefined
    if (!form) addUnknown(issues, here, 'comparison', Object.keys(members))
    else if (form === 'list') {
      if (!Array.isArray(value)) issues.add(here, 'condition.malformed', 'a list of texts')
      else
        for (const [at, one] of (checkList<unknown>(issues, here, value, list) ?? []).entries())
          checkOne(issues, `${here}.${at}`, one, text)
    } else checkOne(issues, here, value, text)
  }
}

const checkOne = (issues: ValidationIssues, path: string, value: unknown, limit: TextLimit) => {
  if (typeof value !== 'string') issues.add(path, 'condition.malformed', 'a text')
  else checkRequiredText(issues, path, value, limit)
}

/** Every word of the text form by itself: as a value it would be taken for one. */
const ownWords = new Set(
  Object.values(wordsOf).flatMap(({ language: _, ...words }) =>
    Object.values(words).flatMap((all) => all.join(' ').split(' ')),
  ),
)

/** A value as it is written: in quotes where it would not be read again as one. */
export const writeValue = (value: string): string =>
  /^[\p{L}\p{N}_./-]+$/u.test(value) && !ownWords.has(value.toLowerCase())
    ? value
    : `"${value.replace(/["\\]/g, '\\$&')}"`

export const writeValues = (values: readonly string[], write = writeValue): string =>
  `(${values.map(write).join(', ')})`

/** Reads comparisons with commas between them, each begun by a word or sign; the phrases are tried longest first. */
export const readComparisons = (
  reader: Reader,
  members: readonly { name: string; phrases: readonly string[]; read: () => unknown }[],
): Record<string, unknown> => {
  const operand: Record<string, unknown> = {}
  do {
    const at = reader.next()
    const found = reader.takeLongest(members.map(({ phrases }) => phrases))
    const member = found === undefined ? undefined : members[found]
    const said = members.map(({ phrases: [first] }) => `"${first}"`).join(', ')
    if (!member) throw reader.fault('text.comparison_missing', `one of ${said}`)
    if (member.name in operand) {
      reader.at = at
      throw reader.fault('text.repeated', 'each comparison once')
    }
    operand[member.name] = member.read()
  } while (reader.take(','))
  return operand
}

/** Codes with what people call them: read by either, written by the label of the language. */
export type Values = Readonly<Record<string, Labels>>
