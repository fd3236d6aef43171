import { type ValidationIssue, validationIssues } from '@clientele/kit'
import { checkCondition } from '../check.js'
import type { Condition } from '../condition.js'
import type { Language, Vocabulary } from '../vocabulary.js'
import { Reader, TextFault } from './reader.js'
import { type Words, wordsOf } from './words.js'

/** What is wrong with a text, and where: UTF-16 units from its start, line and column from 1. */
export interface ConditionFault {
  at: number
  line: number
  column: number
  reason: string
  /** What would be right. */
  message: string
}

/** What a text was read as: the checked condition, or all that is wrong with it. */
export type ReadCondition =
  | { condition: Condition; faults?: undefined }
  | { condition?: undefined; faults: ConditionFault[] }

/** Reads the text form of a condition, as `writeCondition` and people write it. Never throws. */
export const readCondition = (vocabulary: Vocabulary<never>, text: string, language: Language): ReadCondition => {
  const reader = new Reader(text, wordsOf[language])
  const places: Places = new Map()
  try {
    const read = readWhole(vocabulary, reader, places)
    const issues = validationIssues('')
    const condition = checkCondition(vocabulary, issues, 'condition', read)
    if (!issues.found.length) return { condition }
    return {
      faults: issues.found.map((issue) => faultAt(text, placeOf(issue, read, places), issue.reason, issue.message)),
    }
  } catch (error) {
    if (!(error instanceof TextFault)) throw error
    return { faults: [faultAt(text, error.at, error.reason, error.message)] }
  }
}

/** Where each condition begins. */
type Places = Map<unknown, number>

/** Texts are read level by level on the stack: far deeper than any condition may be, and far from its end. */
const mostBrackets = 100

const readWhole = (vocabulary: Vocabulary<never>, reader: Reader, places: Places): Condition => {
  let depth = 0
  const noted = (at: number, condition: Condition) => {
    if (!places.has(condition)) places.set(condition, at)
    return condition
  }

  const combined = (name: 'all' | 'any', words: readonly string[], part: () => Condition) => {
    const at = reader.next()
    const parts = [part()]
    while (reader.takeLongest([words]) !== undefined) parts.push(part())
    return parts.length === 1 ? (parts[0] as Condition) : noted(at, { [name]: parts })
  }

  const expression = (): Condition => {
    if (++depth > mostBrackets) throw reader.fault('condition.too_deep', 'fewer brackets')
    const condition = combined('any', reader.words.or, () => combined('all', reader.words.and, unary))
    depth--
    return condition
  }

  const bracketed = () => {
    reader.expect('(')
    const condition = expression()
    reader.expect(')')
    return condition
  }

  const unary = (): Condition => {
    const at = reader.next()
    const { not, allOf, anyOf } = reader.words
    if (reader.takeLongest([allOf]) !== undefined) return noted(at, { all: [bracketed()] })
    if (reader.takeLongest([anyOf]) !== undefined) return noted(at, { any: [bracketed()] })
    if (reader.take('(')) {
      reader.at = at
      return bracketed()
    }
    const comparison = readComparison(vocabulary, reader)
    if (comparison) return noted(at, comparison)
    if (reader.takeLongest([not]) === undefined) throw unknownField(vocabulary, reader)
    if (++depth > mostBrackets) throw reader.fault('condition.too_deep', 'fewer brackets')
    const inner = unary()
    depth--
    return noted(at, { not: inner })
  }

  const condition = expression()
  if (!reader.isAtEnd()) throw reader.fault('text.unexpected', `the end, or one of ${joining(reader.words)}`)
  return condition
}

const joining = ({ and, or }: Words) => `"${and[0]}", "${or[0]}"`

const unknownField = (vocabulary: Vocabulary<never>, reader: Reader) => {
  const labels = Object.values(vocabulary).map(({ labels }) => `"${labels[reader.words.language]}"`)
  return reader.fault('text.field_missing', `one of ${labels.join(', ')}`)
}

/** Reads a comparison; undefined, and nothing is taken, where no field's label comes next. */
const readComparison = (vocabulary: Vocabulary<never>, reader: Reader): Condition | undefined => {
  const start = reader.next()
  let best: { name: string; end: number; given: string | undefined } | undefined
  for (const [name, { labels }] of Object.entries(vocabulary)) {
    for (const label of [labels[reader.words.language], name]) {
      reader.at = start
      const given = takeLabel(reader, label)
      if (given && (!best || reader.at > best.end)) best = { name, end: reader.at, given: given.value }
    }
  }
  reader.at = best?.end ?? start
  if (!best) return undefined
  return { [best.name]: vocabulary[best.name]?.read(reader, best.given) }
}

/** Takes a label, and what stands for `{}` in it; undefined where it is not next. */
const takeLabel = (reader: Reader, label: string): { value: string | undefined } | undefined => {
  const [before = '', after] = label.split('{}').map((part) => part.trim())
  if (before && !reader.take(before)) return undefined
  if (after === undefined) return { value: undefined }
  const value = reader.valueBefore(after)
  return value === undefined ? undefined : { value }
}

const placeOf = ({ path }: ValidationIssue, read: Condition, places: Places): number => {
  let [node, place] = [read as unknown, places.get(read) ?? 0]
  for (const step of path.split('.').slice(1)) {
    node = (node as Record<string, unknown> | undefined)?.[step]
    place = places.get(node) ?? place
  }
  return place
}

const faultAt = (text: string, at: number, reason: string, message: string): ConditionFault => {
  const lines = text.slice(0, at).split('\n')
  return { at, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, reason, message }
}
