import type { NumberLimit } from '@clientele/contracts'
import { addUnknown } from '../add-unknown.js'
import type { Field, Labels, Predicate } from '../vocabulary.js'
import { number } from './number.js'
import type { NumberOperand } from './numbers.js'

interface Part<Group> {
  labels: Labels
  of(group: Group): number
  limit: NumberLimit
}

interface NumberGroupOptions<Subject, Group, Name extends string> {
  labels: Labels
  /** Null where none of its numbers is known. */
  of(subject: Subject): Group | null | undefined
  parts: Readonly<Record<Name, Part<Group>>>
}

type GroupOperand = Readonly<Record<string, NumberOperand & Record<string, unknown>>>

/** Several whole numbers that are known together or not at all, such as the scores of RFM. Stored as an expression for each. */
export const numberGroup = <Subject, Group, Name extends string>({
  labels,
  of,
  parts,
}: NumberGroupOptions<Subject, Group, Name>): Field<Subject, GroupOperand, Readonly<Record<Name, string>>> => {
  const all = (Object.entries(parts) as [Name, Part<Group>][]).map(([name, part]) => ({ name, field: number(part) }))
  const partOf = (name: string) => all.find((part) => part.name === name)
  const partsOf = (operand: GroupOperand) =>
    Object.entries(operand).flatMap(([name, bounds]) => {
      const part = partOf(name)
      return part ? [{ ...part, bounds }] : []
    })

  return {
    labels,
    check: (issues, path, operand) => {
      const given = Object.entries(operand)
      issues.must(given.length > 0, path, 'condition.empty', 'at least one comparison')
      for (const [name, bounds] of given) {
        const part = partOf(name)
        if (part) part.field.check(issues, `${path}.${name}`, bounds)
        else addUnknown(issues, `${path}.${name}`, 'comparison', Object.keys(parts))
      }
    },
    holds: (operand) => {
      const tests = partsOf(operand).map(({ field, bounds }) => field.holds(bounds))
      return (subject, now) => {
        const group = of(subject)
        return group != null && tests.every((test) => test(group, now))
      }
    },
    predicates: (sql, operand, now): Predicate[] =>
      partsOf(operand).flatMap(({ name, field, bounds }) => field.predicates(sql[name], bounds, now)),
    write: (operand, words) =>
      `(${partsOf(operand)
        .map(({ field, bounds }) => `${field.labels[words.language]} ${field.write(bounds, words)}`)
        .join('; ')})`,
    read: (reader) => {
      const operand: Record<string, object> = {}
      const labelsOf = all.map(({ field }) => field.labels[reader.words.language])
      reader.expect('(')
      do {
        const found = reader.takeLongest(labelsOf.map((label) => [label]))
        const part = found === undefined ? undefined : all[found]
        if (!part) {
          throw reader.fault('text.comparison_missing', `one of ${labelsOf.map((label) => `"${label}"`).join(', ')}`)
        }
        if (part.name in operand) throw reader.fault('text.repeated', 'each of them once')
        operand[part.name] = part.field.read(reader, undefined)
      } while (reader.take(';'))
      reader.expect(')')
      return operand
    },
  }
}
