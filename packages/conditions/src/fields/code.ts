import { arrayParameter } from '@clientele/kit'
import { addUnknown, checkStandard, type Standard } from '../add-unknown.js'
import type { Reader } from '../text/reader.js'
import type { Words } from '../text/words.js'
import type { Field, Labels, Predicate } from '../vocabulary.js'
import { checkTexts, readComparisons, type TextOperands, type Values, writeValue, writeValues } from './texts.js'

export interface CodeOperand {
  eq?: string
  in?: readonly string[]
}

interface CodeOptions<Subject> {
  labels: Labels
  /** Null where it is not known. */
  of(subject: Subject): string | null | undefined
  operands: TextOperands
  /** The codes that there are, where the list is closed. */
  values?: Values
  /** The standard that lists them, where there is one. */
  standard?: Standard
}

/** A code or key, compared to the letter. */
export const code = <Subject>({
  labels,
  of,
  operands,
  values,
  standard,
}: CodeOptions<Subject>): Field<Subject, CodeOperand, string> => ({
  labels,
  check: (issues, path, operand) => {
    checkTexts(issues, path, operand, operands, { eq: 'text', in: 'list' })
    for (const [name, value] of codesIn(operand)) {
      const here = `${path}.${name}`
      if (values && !Object.hasOwn(values, value)) addUnknown(issues, here, 'value', Object.keys(values))
      if (standard) checkStandard(issues, here, value, standard)
    }
  },
  holds: (operand) => {
    const test = isCode(operand)
    return (subject) => {
      const value = of(subject)
      return value != null && test(value)
    }
  },
  predicates: (sql, operand) => codesInSql(sql, operand),
  write: (operand, words) => writeCodes(operand, words, values),
  read: (reader) => readComparisons(reader, codeComparisons(reader, values)),
})

/** The codes of an operand that may be anything yet, with their places. */
const codesIn = ({ eq, in: list }: CodeOperand) => {
  const all: [string, unknown][] = [
    ['eq', eq],
    ...(Array.isArray(list) ? list : []).map((one, at): [string, unknown] => [`in.${at}`, one]),
  ]
  return all.filter((one): one is [string, string] => typeof one[1] === 'string')
}

export const isCode = ({ eq, in: list }: CodeOperand): ((value: string) => boolean) => {
  const among = list && new Set(list)
  return (value) => (eq === undefined || value === eq) && (!among || among.has(value))
}

export const codesInSql = (sql: string, { eq, in: list }: CodeOperand): Predicate[] => [
  ...(eq === undefined ? [] : [{ sql: `${sql} = ?`, params: [eq] }]),
  ...(list === undefined ? [] : [{ sql: `${sql} = any(?::text[])`, params: [arrayParameter(list)] }]),
]

export const writeCodes = ({ eq, in: list }: CodeOperand, words: Words, values?: Values): string => {
  const write = (value: string) => values?.[value]?.[words.language] ?? writeValue(value)
  return [
    ...(eq === undefined ? [] : [`${words.is[0]} ${write(eq)}`]),
    ...(list === undefined ? [] : [`${words.in[0]} ${writeValues(list, write)}`]),
  ].join(', ')
}

export const codeComparisons = (reader: Reader, values?: Values) => [
  { name: 'eq', phrases: reader.words.is, read: () => readCode(reader, values) },
  { name: 'in', phrases: reader.words.in, read: () => reader.values(() => readCode(reader, values)) },
]

/** A value by its label in either language, or the value itself. */
const readCode = (reader: Reader, values: Values = {}) => {
  const all = Object.entries(values)
  const found = reader.takeLongest(all.map(([value, { en, zh }]) => [value, en, zh]))
  return found === undefined ? reader.value() : (all[found]?.[0] as string)
}
