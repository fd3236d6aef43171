import type { Language } from '../vocabulary.js'

/** The words of the text form in one language; where several are given, the first is written and each is read. */
export interface Words {
  readonly language: Language
  readonly and: readonly string[]
  readonly or: readonly string[]
  readonly not: readonly string[]
  /** Before brackets, where there is one part only. */
  readonly allOf: readonly string[]
  readonly anyOf: readonly string[]
  readonly is: readonly string[]
  readonly in: readonly string[]
  readonly under: readonly string[]
  readonly has: readonly string[]
  readonly hasAny: readonly string[]
  readonly hasAll: readonly string[]
  readonly hasNone: readonly string[]
  readonly contains: readonly string[]
  readonly startsWith: readonly string[]
  readonly true: readonly string[]
  readonly false: readonly string[]
}

export const wordsOf: Readonly<Record<Language, Words>> = {
  en: {
    language: 'en',
    and: ['and'],
    or: ['or'],
    not: ['not'],
    allOf: ['all of'],
    anyOf: ['any of'],
    is: ['is', '='],
    in: ['is one of', 'in'],
    under: ['is under', 'under'],
    has: ['has'],
    hasAny: ['has any of'],
    hasAll: ['has all of'],
    hasNone: ['has none of'],
    contains: ['contains'],
    startsWith: ['starts with'],
    true: ['yes', 'true'],
    false: ['no', 'false'],
  },
  zh: {
    language: 'zh',
    and: ['且', '并且', '和'],
    or: ['或', '或者'],
    not: ['非', '不是'],
    allOf: ['全部满足'],
    anyOf: ['任一满足'],
    is: ['为', '是', '='],
    in: ['属于', '为其中之一'],
    under: ['下属于', '位于'],
    has: ['含有', '含'],
    hasAny: ['含任一'],
    hasAll: ['含全部'],
    hasNone: ['不含'],
    contains: ['包含'],
    startsWith: ['开头为'],
    true: ['是', '真'],
    false: ['否', '假'],
  },
}
