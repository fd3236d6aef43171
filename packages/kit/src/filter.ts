import type { FilterQuery } from '@mikro-orm/core'
import { Field, ID, InputType, Int } from 'type-graphql'
import { DateTimeScalar, DecimalScalar } from './scalars.js'

@InputType({ description: 'Conditions on a text; all that are given must hold.' })
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

const likePattern = (text: string) => text.replace(/[\\%_]/g, (special) => `\\${special}`)

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

type Filter = { and?: Filter[] | null; or?: Filter[] | null; not?: Filter | null }

/**
 * The ORM condition of a typed filter with `and`, `or`, `not`. Fields are the entity's own properties;
 * `special` says what the others mean. An absent or null condition is no condition; an empty `or` or `in` matches nothing.
 */
export const toWhere = <T extends object>(
  filter: object | null | undefined,
  special: Record<string, (value: never) => FilterQuery<T>> = {},
): FilterQuery<T> => {
  const { and, or, not, ...fields } = (filter ?? {}) as Filter & Record<string, object | null | undefined>
  const all: object[] = []
  for (const [name, conditions] of Object.entries(fields)) {
    if (conditions == null) continue
    if (special[name]) all.push(special[name](conditions as never) as object)
    else all.push(...conditionsOn(name, conditions))
  }
  if (and) all.push(...and.map((one) => toWhere(one, special) as object))
  if (or) all.push(or.length ? { $or: or.map((one) => toWhere(one, special)) } : { id: { $in: [] } })
  if (not) all.push({ $not: toWhere(not, special) })
  return (all.length ? { $and: all } : {}) as FilterQuery<T>
}

const conditionsOn = (name: string, conditions: object) =>
  Object.entries(conditions)
    .filter(([, value]) => value != null)
    .map(([operator, value]) => ({ [name]: operators[operator]?.(value as never) }))
