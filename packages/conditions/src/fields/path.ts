import type { Field, Labels } from '../vocabulary.js'
import { type CodeOperand, codeComparisons, codesInSql, isCode, writeCodes } from './code.js'
import { checkTexts, readComparisons, type TextOperands, writeValue } from './texts.js'

/** `under` holds for the place itself and for all below it: `emea` for `emea/de`. */
export interface PathOperand extends CodeOperand {
  under?: string
}

interface PathOptions<Subject> {
  labels: Labels
  /** Null where it is not known. */
  of(subject: Subject): string | null | undefined
  operands: TextOperands
}

/** A place in a tree, written with slashes, such as a sales territory. */
export const path = <Subject>({ labels, of, operands }: PathOptions<Subject>): Field<Subject, PathOperand, string> => ({
  labels,
  check: (issues, at, operand) => checkTexts(issues, at, operand, operands, { eq: 'text', in: 'list', under: 'text' }),
  holds: ({ under, ...rest }) => {
    const test = isCode(rest)
    return (subject) => {
      const value = of(subject)
      return value != null && test(value) && (under === undefined || value === under || value.startsWith(`${under}/`))
    }
  },
  predicates: (sql, { under, ...rest }) => [
    ...codesInSql(sql, rest),
    ...(under === undefined ? [] : [{ sql: `(${sql} = ? or starts_with(${sql}, ?))`, params: [under, `${under}/`] }]),
  ],
  write: ({ under, ...rest }, words) =>
    [writeCodes(rest, words), ...(under === undefined ? [] : [`${words.under[0]} ${writeValue(under)}`])]
      .filter(Boolean)
      .join(', '),
  read: (reader) =>
    readComparisons(reader, [
      ...codeComparisons(reader),
      { name: 'under', phrases: reader.words.under, read: () => reader.value() },
    ]),
})
