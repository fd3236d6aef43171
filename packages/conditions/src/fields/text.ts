import { foldText } from '@clientele/contracts'
import type { Field, Labels } from '../vocabulary.js'
import { checkTexts, readComparisons, type TextOperands, writeValue } from './texts.js'

export interface TextOperand {
  contains?: string
  startsWith?: string
}

interface TextOptions<Subject> {
  labels: Labels
  /** Null where it is not known. */
  of(subject: Subject): string | null | undefined
  operands: TextOperands
}

/** A free text, in which case, accents, width and the like do not count. Stored as an expression that is folded as `foldText` does. */
export const text = <Subject>({ labels, of, operands }: TextOptions<Subject>): Field<Subject, TextOperand, string> => ({
  labels,
  check: (issues, path, operand) => {
    checkTexts(issues, path, operand, operands, { contains: 'text', startsWith: 'text' })
    for (const [name, value] of Object.entries(operand)) {
      if (value && foldText(String(value)) === '')
        issues.add(`${path}.${name}`, 'text.required', 'a text with letters or signs')
    }
  },
  holds: ({ contains, startsWith }) => {
    const [part, start] = [contains, startsWith].map((value) => value && foldText(value))
    return (subject) => {
      const value = of(subject)
      if (value == null) return false
      const folded = foldText(value)
      return (part === undefined || folded.includes(part)) && (start === undefined || folded.startsWith(start))
    }
  },
  predicates: (sql, { contains, startsWith }) => [
    ...(contains === undefined ? [] : [{ sql: `strpos(${sql}, ?) > 0`, params: [foldText(contains)] }]),
    ...(startsWith === undefined ? [] : [{ sql: `starts_with(${sql}, ?)`, params: [foldText(startsWith)] }]),
  ],
  write: ({ contains, startsWith }, words) =>
    [
      ...(contains === undefined ? [] : [`${words.contains[0]} ${writeValue(contains)}`]),
      ...(startsWith === undefined ? [] : [`${words.startsWith[0]} ${writeValue(startsWith)}`]),
    ].join(', '),
  read: (reader) =>
    readComparisons(reader, [
      { name: 'contains', phrases: reader.words.contains, read: () => reader.value() },
      { name: 'startsWith', phrases: reader.words.startsWith, read: () => reader.value() },
    ]),
})
