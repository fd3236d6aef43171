import { arrayParameter } from '@clientele/kit'
import { addUnknown } from '../add-unknown.js'
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
}

/** A code or key, compared to the letter. */
export const code = <Subject>({
  labels,
  of,
  operands,
  values,
}: CodeOptions<Subject>): Field<Subject, CodeOperand, string> => ({
  labels,
  check: (issues, path, operand) => {
    checkTexts(issues, path, operand, operands, { eq: 'text', in: 'list' })
    if (values)
      checkValues(operand, values, (name) => addUnknown(issues, `${path}.${name}`, 'value', Object.keys(values)))
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

const checkValues = ({ eq, in: list }: CodeOperand, values: Values, add: (name: string) => void) => {
  const isUnknown = (value: unknown) => typeof value === 'string' && !Object.hasOwn(values, value)
  if (isUnknown(eq)) add('eq')
  if (Array.isArray(list)) for (const [at, value] of list.entries()) if (isUnknown(value)) add(`in.${at}`)
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
