import { type Condition, memberOf, partsOf } from './condition.js'
import { fieldOf, type Predicate, type StoredVocabulary } from './vocabulary.js'

/** A checked condition as one predicate, true or false and never null: a comparison with what is not known is false. */
export const predicateOf = (vocabulary: StoredVocabulary<never>, condition: Condition, now: Date): Predicate => {
  const [name, value] = memberOf(condition)
  const parts = partsOf(name, value)?.map((part) => predicateOf(vocabulary, part, now))
  if (!parts) {
    const field = fieldOf(vocabulary, name)
    const { sql, params } = joined(' and ', field.predicates(field.sql as never, value as never, now))
    return { sql: `coalesce(${sql}, false)`, params }
  }
  if (name === 'not') return { sql: `not ${parts[0]?.sql}`, params: parts[0]?.params ?? [] }
  const { sql, params } = joined(name === 'all' ? ' and ' : ' or ', parts)
  return { sql: `(${sql})`, params }
}

const joined = (operator: string, parts: readonly Predicate[]): Predicate => ({
  sql: parts.map(({ sql }) => sql).join(operator),
  params: parts.flatMap(({ params }) => params),
})
