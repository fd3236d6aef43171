import { addUnknown } from '../add-unknown.js'
import type { Field, Labels } from '../vocabulary.js'

export interface FlagOperand {
  eq: boolean
}

interface FlagOptions<Subject> {
  labels: Labels
  /** Null where it is not known. */
  of(subject: Subject): boolean | null | undefined
}

/** True or false. */
export const flag = <Subject>({ labels, of }: FlagOptions<Subject>): Field<Subject, FlagOperand, string> => ({
  labels,
  check: (issues, path, operand) => {
    const { eq, ...others } = operand as Partial<FlagOperand>
    if (typeof eq !== 'boolean') issues.add(path, 'condition.empty', 'eq, with true or false')
    for (const name of Object.keys(others)) addUnknown(issues, `${path}.${name}`, 'comparison', ['eq'])
  },
  holds:
    ({ eq }) =>
    (subject) =>
      of(subject) === eq,
  predicates: (sql, { eq }) => [{ sql: `${sql} = ?::boolean`, params: [eq] }],
  write: ({ eq }, words) => `= ${(eq ? words.true : words.false)[0]}`,
  read: (reader) => {
    if (reader.takeLongest([reader.words.is]) === undefined) throw reader.fault('text.comparison_missing', '"="')
    const found = reader.takeLongest([reader.words.true, reader.words.false])
    if (found === undefined) {
      throw reader.fault('text.value_missing', `${reader.words.true[0]} or ${reader.words.false[0]}`)
    }
    return { eq: found === 0 }
  },
})
