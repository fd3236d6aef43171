import type { NumberLimit } from '@clientele/contracts'
import { checkNumber, type PlainReason, type ValidationIssues } from '@clientele/kit'
import { addUnknown } from '../add-unknown.js'
import type { Reader } from '../text/reader.js'
import type { Field, Labels, Predicate } from '../vocabulary.js'
import { readComparisons } from './texts.js'

/** Comparisons with a number; all that are given must hold. Decimals are strings. */
export interface NumberOperand<N extends number | string = number> {
  eq?: N
  gt?: N
  gte?: N
  lt?: N
  lte?: N
}

const signs = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

type Sign = keyof typeof signs

const isSign = (name: string): name is Sign => Object.hasOwn(signs, name)

/** How numbers of a kind are written in conditions: `W`, which is compared as `N`. */
interface Numbers<W extends number | string, N extends number | bigint> {
  /** Whether a value is one, whatever its size. */
  isOne(value: unknown): value is W
  /** The reason and words for what is none. */
  fault: readonly [reason: PlainReason, message: string]
  /** What it is in the text form; undefined for what is none. */
  fromText(text: string): W | undefined
  toCompare(value: W): N
  limit?: NumberLimit
}

export const integers = (limit: NumberLimit): Numbers<number, number> => ({
  isOne: (value): value is number => Number.isInteger(value),
  fault: ['number.malformed', 'a whole number'],
  fromText: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined),
  toCompare: (value) => value,
  limit,
})

const decimal = /^-?\d{1,20}(\.\d{1,8})?$/

export const decimals: Numbers<string, bigint> = {
  isOne: (value): value is string => typeof value === 'string' && decimal.test(value),
  fault: ['decimal.malformed', 'a decimal such as "-10.5"'],
  fromText: (text) => (decimal.test(text) ? text : undefined),
  /** Hundred-millionths: the most decimals that are accepted. */
  toCompare: (value) => {
    const [whole = '0', fraction = ''] = value.replace('-', '').split('.')
    const size = BigInt(whole + fraction.padEnd(8, '0').slice(0, 8))
    return value.startsWith('-') ? -size : size
  },
}

/** A member of the operand beside its comparisons, which stands for `{}` in the label. */
interface Given {
  name: string
  check(issues: ValidationIssues, path: string, value: unknown): void
  fromText(text: string | undefined): unknown
}

interface NumericOptions<Subject, W extends number | string, N extends number | bigint, G> {
  labels: Labels
  numbers: Numbers<W, N>
  given?: Given
  /** Of the subject, what is given, and the time in milliseconds; null where it is not known. */
  of(subject: Subject, given: G, now: number): N | null | undefined
  /** The same in SQL. Its parameters come before each number. */
  inSql?(sql: string, given: G, now: Date): Predicate
  /** Of what is given, and each comparison with its number: see `Field.moments`. */
  moments?(given: G, comparisons: readonly (readonly [Sign, W])[]): readonly number[]
}

/** A field whose comparisons are with numbers: all that such fields have in common. */
export const numeric = <Subject, W extends number | string, N extends number | bigint, G = undefined>({
  labels,
  numbers,
  given,
  of,
  inSql = (sql) => ({ sql, params: [] }),
  moments,
}: NumericOptions<Subject, W, N, G>): Field<Subject, NumberOperand<W> & Record<string, unknown>, string> => {
  const own = (operand: Record<string, unknown>) => (given ? operand[given.name] : undefined) as G
  const comparisons = (operand: object) =>
    Object.entries(operand).filter(([name]) => name !== given?.name) as [Sign, W][]

  return {
    labels,
    check: (issues, path, operand) => {
      const { [given?.name ?? '']: one } = operand as Record<string, unknown>
      given?.check(issues, `${path}.${given.name}`, one)
      const found: (readonly [string, unknown])[] = comparisons(operand)
      const before = issues.found.length
      issues.must(found.length > 0, path, 'condition.empty', 'at least one comparison')
      for (const [name, value] of found) {
        const here = `${path}.${name}`
        if (!isSign(name)) addUnknown(issues, here, 'comparison', Object.keys(signs))
        else if (!numbers.isOne(value)) issues.add(here, ...numbers.fault)
        else if (numbers.limit) checkNumber(issues, here, Number(value), numbers.limit)
      }
      if (issues.found.length > before) return
      const bounds = comparisons(operand).map(([sign, value]) => [sign, numbers.toCompare(value)] as const)
      issues.must(
        leavesAny(bounds),
        path,
        'condition.nothing_between',
        'comparisons that hold for some number together',
      )
    },
    holds: (operand) => {
      const test = within(comparisons(operand).map(([sign, value]) => [sign, numbers.toCompare(value)]))
      const known = own(operand)
      return (subject, now) => {
        const value = of(subject, known, now)
        return value != null && test(value)
      }
    },
    predicates: (sql, operand, now) => {
      const value = inSql(sql, own(operand), now)
      return comparisons(operand).map(([sign, number]) => ({
        sql: `${value.sql} ${signs[sign]} ?::numeric`,
        params: [...value.params, number],
      }))
    },
    ...(moments && { moments: (operand) => moments(own(operand), comparisons(operand)) }),
    ...(given && { given: (operand) => String(own(operand)) }),
    write: (operand) =>
      comparisons(operand)
        .map(([sign, value]) => `${signs[sign]} ${value}`)
        .join(', '),
    read: (reader, text) => ({
      ...(given && { [given.name]: given.fromText(text) }),
      ...readComparisons(
        reader,
        Object.entries(signs).map(([name, sign]) => ({
          name,
          phrases: name === 'eq' ? [sign, ...reader.words.is] : [sign],
          read: () => readNumber(reader, numbers),
        })),
      ),
    }),
  }
}

/** Whether a number is as the comparisons say. */
const within = <N extends number | bigint>(comparisons: readonly (readonly [Sign, N])[]): ((value: N) => boolean) => {
  const tests = comparisons.map(([sign, bound]) => testOf(sign, bound))
  const [only] = tests
  return tests.length === 1 && only ? only : (value) => tests.every((test) => test(value))
}

/** Whether some number is as all of the comparisons say: one of their bounds, or one between two of them. */
const leavesAny = <N extends number | bigint>(comparisons: readonly (readonly [Sign, N])[]): boolean => {
  const least = comparisons.filter(([sign]) => sign === 'gt' || sign === 'gte' || sign === 'eq')
  const most = comparisons.filter(([sign]) => sign === 'lt' || sign === 'lte' || sign === 'eq')
  return least.every(([low, from]) =>
    most.every(([high, to]) => from < to || (from === to && low !== 'gt' && high !== 'lt')),
  )
}

const testOf = <N extends number | bigint>(sign: Sign, bound: N): ((value: N) => boolean) => {
  if (sign === 'eq') return (value) => value === bound
  if (sign === 'gt') return (value) => value > bound
  if (sign === 'gte') return (value) => value >= bound
  return sign === 'lt' ? (value) => value < bound : (value) => value <= bound
}

const readNumber = <W extends number | string>(reader: Reader, { fromText, fault }: Numbers<W, number | bigint>): W => {
  const at = reader.next()
  const number = fromText(reader.value().replace('−', '-'))
  if (number !== undefined) return number
  reader.at = at
  throw reader.fault(...fault)
}
