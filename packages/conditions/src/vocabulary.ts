import type { ValidationIssues } from '@clientele/kit'
import type { Reader } from './text/reader.js'
import type { Words } from './text/words.js'

/** Languages of the text form. */
export type Language = 'en' | 'zh'

/** What people call a field or value. In the label of a field that takes a further value, `{}` stands for that value. */
export type Labels = Readonly<Record<Language, string>>

/** A piece of SQL with a `?` for each parameter. */
export interface Predicate {
  sql: string
  params: (string | number | boolean)[]
}

/**
 * What a condition can be about, and everything that is done with a comparison of it. `Subject` is what conditions are evaluated on;
 * an operand has passed `check`. `Sql` is what stands for the subject's value where comparisons become SQL: most often an expression.
 */
export interface Field<Subject, Operand = never, Sql = never> {
  readonly labels: Labels
  /** Notes what is wrong with an operand, by paths below its own. */
  check(issues: ValidationIssues, path: string, operand: object): void
  /** Whether a comparison holds; false where the value is not known. `now` is in milliseconds. */
  holds(operand: Operand): (subject: Subject, now: number) => boolean
  /** The same in SQL: predicates that must all be true. */
  predicates(sql: Sql, operand: Operand, now: Date): Predicate[]
  /** After how many days since a moment of the subject time alone may change the answer; none unless the field counts days. */
  moments?(operand: Operand): readonly number[]
  /** What stands for `{}` in the label, where it has that. */
  given?(operand: Operand): string
  /** What follows the label in the text form. */
  write(operand: Operand, words: Words): string
  /** Reads what follows the label: `given` is what stood for `{}` in it. */
  read(reader: Reader, given: string | undefined): object
}

/** A field whose comparisons can be made SQL. */
export interface StoredField<Subject> extends Field<Subject> {
  readonly sql: unknown
}

/** A field with what stands for its value in SQL; each kind says what that is. */
export const stored = <Subject, Operand, Sql>(
  sql: NoInfer<Sql>,
  field: Field<Subject, Operand, Sql>,
): StoredField<Subject> => ({
  ...field,
  sql,
})

/** The fields of a subject by the names that conditions have for them. */
export type Vocabulary<Subject> = Readonly<Record<string, Field<Subject>>>

/** A vocabulary of which every field can be made SQL. */
export type StoredVocabulary<Subject> = Readonly<Record<string, StoredField<Subject>>>

/** The field of a name. Throws for a name that is not in the vocabulary, which no checked condition has. */
export const fieldOf = <F extends Field<never>>(vocabulary: Readonly<Record<string, F>>, name: string): F => {
  const field = Object.hasOwn(vocabulary, name) ? vocabulary[name] : undefined
  if (!field) throw new Error(`There is no field ${name} to put a condition on.`)
  return field
}
