import { type Condition, memberOf } from '../condition.js'
import { writeValue } from '../fields/texts.js'
import { fieldOf, type Language, type Vocabulary } from '../vocabulary.js'
import { type Words, wordsOf } from './words.js'

/**
 * A checked condition as people read it, such as `kind is person and tag has any of (vip, gold)`. `readCondition` makes the same condition
 * of it.
 */
export const writeCondition = (vocabulary: Vocabulary<never>, condition: Condition, language: Language): string =>
  write(vocabulary, condition, wordsOf[language])

const write = (vocabulary: Vocabulary<never>, condition: Condition, words: Words): string => {
  const [name, value] = memberOf(condition)
  if (name === 'not') return `${words.not[0]} ${inBrackets(vocabulary, value as Condition, words)}`
  if (name === 'all' || name === 'any') {
    const parts = value as readonly Condition[]
    const [only] = parts
    if (only && parts.length === 1)
      return `${(name === 'all' ? words.allOf : words.anyOf)[0]} (${write(vocabulary, only, words)})`
    const word = (name === 'all' ? words.and : words.or)[0]
    return parts.map((part) => inBrackets(vocabulary, part, words)).join(` ${word} `)
  }
  const field = fieldOf(vocabulary, name)
  const given = field.given?.(value as never)
  const label = field.labels[words.language]
  return `${given === undefined ? label : label.replace('{}', () => writeValue(given))} ${field.write(value as never, words)}`
}

/** Whatever combines several stands in brackets within another. */
const inBrackets = (vocabulary: Vocabulary<never>, condition: Condition, words: Words) => {
  const [name] = memberOf(condition)
  const text = write(vocabulary, condition, words)
  return name === 'all' || name === 'any' || name === 'not' ? `(${text})` : text
}
