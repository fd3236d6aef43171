/**
 * What a text looks like. `line`: one line; `text`: several lines; `key`: any script without blanks or `@`; `code`: ASCII letters, digits
 * and `.` `_` `:` `-`; `subject`: an identity provider's `sub`, without blanks.
 */
export type TextForm = 'line' | 'text' | 'key' | 'code' | 'subject'

/** A text of 1 to `most` characters, counted in the form in which it is stored. */
export interface TextLimit {
  readonly form: TextForm
  readonly most: number
}

/** How many entries a list has. */
export interface ListLimit {
  readonly form: 'list'
  readonly least: number
  readonly most: number
}

/** A number from `least` to `most`, both included. */
export interface NumberLimit {
  readonly form: 'number'
  readonly least: number
  readonly most: number
}

/** A time or day that is not before `least`, a day (`1900-01-01`) in UTC. */
export interface TimeLimit {
  readonly form: 'time'
  readonly least: string
}

export const line = (most: number): TextLimit => ({ form: 'line', most })
export const text = (most: number): TextLimit => ({ form: 'text', most })
export const list = (least: number, most: number): ListLimit => ({ form: 'list', least, most })
export const from = (least: string): TimeLimit => ({ form: 'time', least })
export const number = (least: number, most: number): NumberLimit => ({ form: 'number', least, most })

const character = { line: '[ \\S]', text: '[\\s\\S]', key: '[^\\s@]', code: '[A-Za-z0-9._:-]', subject: '\\S' } as const

/**
 * The expression that a text of this form and length matches, in the form in which it is stored: what is not blank, with no blank at its ends,
 * and one line unless it may be several. It needs no flag but `u`: the pattern of a JSON Schema has none.
 */
export const patternOf = ({ form, most }: TextLimit): RegExp => {
  if (form === 'code') return new RegExp(`^[A-Za-z0-9]${character.code}{0,${most - 1}}$`, 'u')
  if (form === 'key' || form === 'subject') return new RegExp(`^${character[form]}{1,${most}}$`, 'u')
  return new RegExp(most > 1 ? `^\\S(${character[form]}{0,${most - 2}}\\S)?$` : '^\\S$', 'u')
}
