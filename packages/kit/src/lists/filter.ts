import { normalizeLine } from '@clientele/contracts'
import type { FilterQuery } from '@mikro-orm/core'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CountryCodeScalar, DateTimeScalar, DecimalScalar } from '../graphql/scalars.js'
import { isId } from '../input/id.js'
import { emptyFilter, foldFilter, mostOfFilter, tooLargeFilter } from './fold-filter.js'

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

@InputType({ description: 'Conditions on a country; all that are given must hold.' })
export class CountryFilter {
  @Field(() => CountryCodeScalar, { nullable: true, description: 'Is exactly this country.' })
  eq?: string | null
  @Field(() => [CountryCodeScalar], { nullable: true, description: 'Is one of these countries.' })
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

type Special<T> = Record<string, (value: never) => FilterQuery<T>>

/**
 * The ORM condition of a typed filter with `and`, `or`, `not`. Fields are the entity's own properties, a flag's true or false;
 * `special` says what the others mean, by conditions that are never null. An empty `in` matches nothing; a `not` includes the entities whose
 * field is null. Throws as `foldFilter`, INVALID `filter.too_large` beyond 1 000 values of an `in`, and `filter.empty` for a blank text.
 */
export const toWhere = <T extends object>(
  filter: object | null | undefined,
  special: Special<T> = {},
): FilterQuery<T> =>
  (foldFilter<object>(filter, {
    on: (name, given, path, isNegated) => {
      refuseBlank(given, path)
      return special[name]
        ? [special[name](given as never) as object]
        : conditionsOn(name, comparisonsIn(given), isNegated)
    },
    all: (conditions) => ({ $and: conditions }),
    any: (conditions) => (conditions.length ? { $or: conditions } : { id: { $in: [] } }),
    not: (condition) => ({ $not: condition }),
  }) ?? {}) as FilterQuery<T>

/** What is given for a field: comparisons, or true or false, which means equal to it. */
export const comparisonsIn = (given: unknown): object =>
  typeof given === 'boolean' ? { eq: given } : (given as object)

// A comparison with a null column is null, and so is its negation: beneath a `not` it has to be plainly false.
const conditionsOn = (name: string, conditions: object, negated: boolean) => {
  const given = Object.entries(conditions)
    .filter(([, value]) => value != null)
    .map(([operator, value]) => {
      if (Array.isArray(value) && value.length > mostOfFilter.values) throw tooLargeFilter('values')
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
