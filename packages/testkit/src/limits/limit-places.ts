import type { ListLimit, NumberLimit, TextLimit, TimeLimit } from '@clientele/contracts'
import { limitOfField } from '@clientele/kit'
import { type GraphQLInputObjectType, getNamedType, isInputObjectType } from 'graphql'
import { isList } from './limited-fields.js'

export type Path = readonly (string | number)[]

/** Where an input has a value with a limit. */
export type Place = { name: string; path: Path } & (
  | { kind: 'text'; limit: TextLimit }
  | { kind: 'list'; limit: ListLimit }
  /** A decimal is written as a string. */
  | { kind: 'number'; limit: NumberLimit; isDecimal: boolean }
  /** A day is written without a time. */
  | { kind: 'time'; limit: TimeLimit; isDay: boolean }
)

/** The places of an input whose values are limited, lists before what is in them. */
export const placesIn = (type: GraphQLInputObjectType, input: object, path: Path = []): Place[] =>
  Object.values(type.getFields()).flatMap((field): Place[] => {
    const value = (input as Record<string, unknown>)[field.name]
    if (value == null) return []
    const [name, here, found] = [
      `${type.name}.${field.name}`,
      [...path, field.name],
      limitOfField(type.name, field.name),
    ]
    const inner = getNamedType(field.type)
    if (!isList(field.type)) {
      if (isInputObjectType(inner)) return placesIn(inner, value as object, here)
      if (!found) return []
      if (found.limit.form === 'list') throw new Error(`${name} is no list, and has the limit of one`)
      if (found.limit.form === 'time')
        return [{ kind: 'time', name, path: here, limit: found.limit, isDay: inner.name === 'Date' }]
      return found.limit.form === 'number'
        ? [{ kind: 'number', name, path: here, limit: found.limit, isDecimal: inner.name === 'Decimal' }]
        : [{ kind: 'text', name, path: here, limit: found.limit }]
    }
    const entries = value as object[]
    const list = found ? [{ kind: 'list' as const, name, path: here, limit: found.limit as ListLimit }] : []
    const each = found?.each
    return [
      ...list,
      ...entries.flatMap((entry, at): Place[] => {
        if (isInputObjectType(inner)) return placesIn(inner, entry, [...here, at])
        return each ? [{ kind: 'text', name: `${name}[]`, path: [...here, at], limit: each }] : []
      }),
    ]
  })

export const valueAt = (input: unknown, path: Path): unknown =>
  path.reduce((value, step) => (value as Record<string | number, unknown>)[step], input)

/** A copy of the input with another value at this place. */
export const withValue = (input: object, path: Path, value: unknown): object => {
  const copy = structuredClone(input)
  const holder = valueAt(copy, path.slice(0, -1)) as Record<string | number, unknown>
  holder[path.at(-1) as string] = value
  return copy
}

/** A list of so many entries, each like the first with short texts of its own. */
export const longList = (
  type: GraphQLInputObjectType,
  place: Place,
  input: object,
  count: number,
  make: (name: string, limit: TextLimit, characters: number) => string | undefined,
): object => {
  const list = valueAt(input, place.path) as unknown[]
  const within = placesIn(type, input).filter(
    (one) =>
      one.kind === 'text' &&
      one.path.length > place.path.length &&
      place.path.every((step, i) => one.path[i] === step) &&
      one.path[place.path.length] === 0,
  )
  const entries = Array.from({ length: count }, () => {
    let holder: object = { entry: structuredClone(list[0]) }
    for (const one of within) {
      const limit = one.limit as TextLimit
      const text = make(one.name, limit, Math.min(limit.most, 8)) ?? valueAt(input, one.path)
      holder = withValue(holder, ['entry', ...one.path.slice(place.path.length + 1)], text)
    }
    return (holder as { entry: unknown }).entry
  })
  return withValue(input, place.path, entries)
}
