import type { NumberLimit, TextForm, TextLimit } from '@clientele/contracts'
import type { FieldLimit } from './limited.js'

/** `0 to 10`, `1 to 50,000`. */
export const rangeOf = ({ least, most }: Pick<NumberLimit, 'least' | 'most'>): string =>
  `${shown(least)} to ${shown(most)}`

const shown = (number: number) => number.toLocaleString('en-US')

const forms: Record<TextForm, string> = {
  line: 'characters in one line',
  text: 'characters',
  key: 'characters without blanks and @',
  code: 'ASCII letters, digits and `.` `_` `:` `-`, the first a letter or digit',
  subject: 'characters without blanks',
}

const textSentence = ({ form, most }: TextLimit) => `${rangeOf({ least: 1, most })} ${forms[form]}`

/** The sentence by which a description says a limit: `1 to 100 characters in one line.`, `At most 50 entries.`, `From 0 to 10.`, `Not before 1900-01-01.` */
export const limitSentence = ({ limit, each }: FieldLimit): string => {
  if (limit.form === 'number') return `From ${rangeOf(limit)}.`
  if (limit.form === 'time') return `Not before ${limit.least}.`
  if (limit.form !== 'list') return `${textSentence(limit)}.`
  const entries = limit.least ? `${rangeOf(limit)} entries` : `At most ${shown(limit.most)} entries`
  return each ? `${entries}, each of ${textSentence(each)}.` : `${entries}.`
}
