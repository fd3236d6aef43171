import { arrayParameter } from '@clientele/kit'
import type { Field, Labels } from '../vocabulary.js'
import { checkTexts, readComparisons, type TextOperands, writeValue, writeValues } from './texts.js'

export interface SetOperand {
  has?: string
  hasAny?: readonly string[]
  hasAll?: readonly string[]
  hasNone?: readonly string[]
}

interface SetOptions<Subject> {
  labels: Labels
  of(subject: Subject): readonly string[]
  operands: TextOperands
}

const members = { has: 'text', hasAny: 'list', hasAll: 'list', hasNone: 'list' } as const

/** A set of keys, such as tags. It is always known, at least to be empty. Stored as an expression of type text[]. */
export const set = <Subject>({ labels, of, operands }: SetOptions<Subject>): Field<Subject, SetOperand, string> => ({
  labels,
  check: (issues, path, operand) => checkTexts(issues, path, operand, operands, members),
  holds:
    ({ has, hasAny, hasAll, hasNone }) =>
    (subject) => {
      const keys = of(subject)
      return (
        (has === undefined || keys.includes(has)) &&
        (hasAny === undefined || hasAny.some((key) => keys.includes(key))) &&
        (hasAll === undefined || hasAll.every((key) => keys.includes(key))) &&
        (hasNone === undefined || !hasNone.some((key) => keys.includes(key)))
      )
    },
  predicates: (sql, operand) => {
    const inSql = {
      has: `${sql} @> ?::text[]`,
      hasAll: `${sql} @> ?::text[]`,
      hasAny: `${sql} && ?::text[]`,
      hasNone: `not ${sql} && ?::text[]`,
    }
    return Object.entries(operand).map(([name, wanted]) => ({
      sql: inSql[name as keyof typeof inSql],
      params: [arrayParameter([wanted].flat())],
    }))
  },
  write: (operand, words) =>
    Object.entries(operand)
      .map(([name, wanted]: [string, string | readonly string[]]) => {
        const word = words[name as keyof SetOperand][0]
        return `${word} ${typeof wanted === 'string' ? writeValue(wanted) : writeValues(wanted)}`
      })
      .join(', '),
  read: (reader) =>
    readComparisons(
      reader,
      Object.entries(members).map(([name, form]) => ({
        name,
        phrases: reader.words[name as keyof SetOperand],
        read: () => (form === 'text' ? reader.value() : reader.values()),
      })),
    ),
})
