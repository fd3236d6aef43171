import { normalizeLine } from '@clientele/contracts'
import type { FilterQuery } from '@mikro-orm/core'
import { Field, ID, InputType, Int } from 'type-graphql'
import { Invalid } from '../errors/errors.js'
import { DateTimeScalar, DecimalScalar } from '../graphql/scalars.js'
import { isId } from '../input/id.js'

@InputType({
  description:
    'Conditions on a text; all that are given must hold. Texts are compared in the form in which they are stored: Unicode NFC, without blanks at their ends, runs of blanks as one space. One of which nothing is left so is refused with `filter.empty`.',
})
export class StringFilter {
  @Field(() => String, { nullable: true, description: 'Is exactly this text.' })
  eq?: string | null
  @Field(() => [String], { nullable: true, description: 'Is one of these texts.' })
  in?: string[] | null
  @Field(() => String, { nullable: true, description: 'Holds this text somewhere, in upper or lower case.' })
  contains?: string | null
  @Field(() => String, { nullable: true, description: 'Begins with this text, in upper or lower case.' })
  startsWith?: string | null
}

@InputType({ description: 'Conditions on an id; all that are given must hold.' })
export class IDFilter {
  @Field(() => ID, { nullable: true, description: 'Is exactly this id.' })
  eq?: string | null
  @Field(() => [ID], { nullable: true, description: 'Is one of these ids.' })
  in?: string[] | null
}

@InputType({ description: 'Conditions on a whole number; all that are given must hold.' })
export class IntFilter {
  @Field(() => Int, { nullable: true, description: 'Equal to.' })
  eq?: number | null
  @Field(() => Int, { nullable: true, description: 'Greater than.' })
  gt?: number | null
  @Field(() => Int, { nullable: true, description: 'Greater than or equal to.' })
  gte?: number | null
  @Field(() => Int, { nullable: true, description: 'Less than.' })
  lt?: number | null
  @Field(() => Int, { nullable: true, description: 'Less than or equal to.' })
  lte?: number | null
}

@InputType({ description: 'Conditions on a decimal number; all that are given must hold.' })
export class DecimalFilter {
  @Field(() => DecimalScalar, { nullable: true, description: 'Equal to.' })
  eq?: string | null
  @Field(() => DecimalScalar, { nullable: true, description: 'Greater than.' })
  gt?: string | null
  @Field(() => DecimalScalar, { nullable: true, description: 'Greater than or equal to.' })
  gte?: string | null
  @Field(() => DecimalScalar, { nullable: true, description: 'Less than.' })
  lt?: string | null
  @Field(() => DecimalScalar, { nullable: true, description: 'Less than or equal to.' })
  lte?: string | null
}

@InputType({ description: 'Conditions on a point in time; all that are given must hold.' })
export class DateTimeFilter {
  @Field(() => DateTimeScalar, { nullable: true, description: 'After.' })
  gt?: Date | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'At or after.' })
  gte?: Date | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'Before.' })
  lt?: Date | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'At or before.' })
  lte?: Date | null
}

/** The filter of an enum: `eq` and `in`. Give each enum its own, in a constant: `const KindFilter = enumFilter(Kind, 'KindFilter')`. */
export const enumFilter = <E extends object>(values: E, name: string) => {
  @InputType(name, { description: 'Conditions on a code; all that are given must hold.' })
  class EnumFilter {
    @Field(() => values, { nullable: true, description: 'Is exactly this code.' })
    eq?: E[keyof E] | null
    @Field(() => [values], { nullable: true, description: 'Is one of these codes.' })
    in?: E[keyof E][] | null
  }
  return EnumFilter
}

/** The fields by which a filter combines others of its kind: `@Field(() => [VisitFilter], combining.and)`. */
export const combining = {
  and: { nullable: true, description: 'All of these hold; always so if there are none.' },
  or: {
    nullable: true,
    description: 'One of these holds; never so if there are none. Each must have a condition, else `filter.empty`.',
  },
  not: { nullable: true, description: 'This does not hold. It must have a condition, else `filter.empty`.' },
} as const

/** The text as a pattern of `like` that only it fits. */
export const likePattern = (text: string) => text.replace(/[\\%_]/g, (special) => `\\${special}`)

const operators: Record<string, (value: never) => object> = {
  eq: (value) => ({ $eq: value }),
  in: (value) => ({ $in: value }),
  gt: (value) => ({ $gt: value }),
  gte: (value) => ({ $gte: value }),
  lt: (value) => ({ $lt: value }),
  lte: (value) => ({ $lte: value }),
  contains: (value) => ({ $ilike: `%${likePattern(value)}%` }),
  startsWith: (value) => ({ $ilike: `${likePattern(value)}%` }),
}

type Filter = { and?: Filter[] | null; or?: Filter[] | null; not?: Filter | null } & Record<string, unknown>
type Special<T> = Record<string, (value: never) => FilterQuery<T>>

/** How large a filter may be: levels, conditions, and values of an `in`. */
export const mostOfFilter = { depth: 10, conditions: 200, values: 1_000 } as const
const most = mostOfFilter

/**
 * The ORM condition of a typed filter with `and`, `or`, `not`. Fields are the entity's own properties, a flag's true or false;
 * `special` says what the others mean, by conditions that are never null. An absent condition is no condition (see `isAbsent`);
 * an empty `or` or `in` matches nothing; a `not` includes the entities whose field is null.
 * Throws INVALID `filter.too_large` beyond 10 levels, 200 conditions or 1 000 values of an `in`, and `filter.empty` for an alternative
 * or a negation without a condition and for a blank text: whether that is everything or nothing, whoever wrote it did not mean it.
 */
export const toWhere = <T extends object>(
  filter: object | null | undefined,
  special: Special<T> = {},
): FilterQuery<T> => {
  let conditions = 0

  const build = (filter: Filter, path: string, depth: number, negated: boolean): object => {
    if (depth > most.depth) throw tooLarge(most.depth, 'levels')
    const { and, or, not, ...fields } = filter
    const all: object[] = []
    for (const [name, given] of Object.entries(fields)) {
      if (isAbsent(given)) continue
      refuseBlank(given, `${path}.${name}`)
      const found = special[name] ? [special[name](given as never)] : conditionsOn(name, comparisonsIn(given), negated)
      all.push(...found)
      conditions += found.length
      if (conditions > most.conditions) throw tooLarge(most.conditions, 'conditions')
    }
    const inside = (one: Filter, at: string, negates = negated) => build(one, `${path}.${at}`, depth + 1, negates)
    const saying = (one: Filter, at: string, negates = negated) => {
      const condition = inside(one, at, negates)
      if (isEmpty(condition)) throw emptyFilter(`${path}.${at}`, 'at least one condition')
      return condition
    }
    if (and) all.push(...and.map((one, at) => inside(one, `and.${at}`)).filter((one) => !isEmpty(one)))
    if (or) all.push(or.length ? { $or: or.map((one, at) => saying(one, `or.${at}`)) } : { id: { $in: [] } })
    if (not) all.push({ $not: saying(not, 'not', true) })
    return all.length ? { $and: all } : {}
  }
  return build((filter ?? {}) as Filter, 'filter', 0, false) as FilterQuery<T>
}

const isEmpty = (condition: object) => Object.keys(condition).length === 0

/** Whether a condition says nothing: null, or an input object whose fields are all null or left out. */
export const isAbsent = (given: unknown): boolean =>
  given == null ||
  (typeof given === 'object' && !Array.isArray(given) && Object.values(given).every((value) => value == null))

/** What is given for a field: comparisons, or true or false, which means equal to it. */
export const comparisonsIn = (given: unknown): object =>
  typeof given === 'boolean' ? { eq: given } : (given as object)

// A comparison with a null column is null, and so is its negation: beneath a `not` it has to be plainly false.
const conditionsOn = (name: string, conditions: object, negated: boolean) => {
  const given = Object.entries(conditions)
    .filter(([, value]) => value != null)
    .map(([operator, value]) => {
      if (Array.isArray(value) && value.length > most.values) throw tooLarge(most.values, 'values')
      return {
        [name]: conditions instanceof IDFilter ? anyOfIds(value) : operators[operator]?.(asStored(value) as never),
      }
    })
  return negated && given.length ? [...given, { [name]: { $ne: null } }] : given
}

/** Values of a filter with their texts in the form in which names and keys are stored. */
export const asStored = (value: unknown): unknown => {
  if (typeof value === 'string') return normalizeLine(value)
  return Array.isArray(value) ? value.map(asStored) : value
}

/** Whether a value of a filter is a text, or has one among others, of which its stored form leaves nothing. Every text contains such a one. */
export const isBlankOperand = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(isBlankOperand) : typeof value === 'string' && normalizeLine(value) === ''

const refuseBlank = (given: unknown, path: string) => {
  if (typeof given !== 'object' || given === null || given instanceof IDFilter) return
  for (const [operator, value] of Object.entries(given)) {
    if (!isBlankOperand(value)) continue
    const at = Array.isArray(value) ? `.${value.findIndex(isBlankOperand)}` : ''
    throw emptyFilter(`${path}.${operator}${at}`, 'a text that is not blank')
  }
}

// What cannot be an id is nobody's; the database would refuse to compare it with one.
const anyOfIds = (ids: unknown) => ({ $in: [ids].flat().filter(isId) })

const emptyFilter = (path: string, right: string) =>
  new Invalid('A part of a filter has no condition.', {
    reason: 'filter.empty',
    fields: [{ path, reason: 'filter.empty', message: `${right}, or leave it out` }],
  })

const tooLarge = (most: number, what: 'levels' | 'conditions' | 'values') =>
  new Invalid(`A filter has at most ${most} ${what}.`, {
    reason: 'filter.too_large',
    params: { most },
    fields: [{ path: 'filter', reason: 'filter.too_large', message: `at most ${most} ${what}`, params: { most } }],
  })
