import { type Condition, memberOf, partsOf } from './condition.js'
import { fieldOf, type Vocabulary } from './vocabulary.js'

/** Whether a condition holds for a subject at a time. */
export type Evaluator<Subject> = (subject: Subject, now: Date) => boolean

type Holds<Subject> = (subject: Subject, now: number) => boolean

/** A checked condition made ready to be evaluated on many subjects. */
export const evaluator = <Subject>(vocabulary: Vocabulary<Subject>, condition: Condition): Evaluator<Subject> => {
  const holds = made(vocabulary, condition)
  return (subject, now) => holds(subject, now.getTime())
}

const made = <Subject>(vocabulary: Vocabulary<Subject>, condition: Condition): Holds<Subject> => {
  const [name, value] = memberOf(condition)
  const parts = partsOf(name, value)?.map((part) => made(vocabulary, part))
  if (!parts) return fieldOf(vocabulary, name).holds(value as never)
  if (name === 'all') return (subject, now) => parts.every((holds) => holds(subject, now))
  if (name === 'any') return (subject, now) => parts.some((holds) => holds(subject, now))
  const [inner] = parts as [Holds<Subject>]
  return (subject, now) => !inner(subject, now)
}
