import type { ListLimit, NumberLimit, TextLimit } from '@clientele/contracts'

/** The limit of a field of an input; `each` is that of the texts in a list. */
export interface FieldLimit {
  limit: TextLimit | ListLimit | NumberLimit
  each?: TextLimit
}

const limited = new WeakMap<object, Map<PropertyKey, FieldLimit>>()

/** Tells the limit that a field of an input is checked by: generated tests drive it, and hold the field's description against it. */
export const Limited =
  (limit: FieldLimit['limit'], each?: TextLimit): PropertyDecorator =>
  (prototype, field) => {
    const own = limited.get(prototype) ?? new Map()
    limited.set(prototype, own.set(field, { limit, ...(each && { each }) }))
  }

/** The limit of a field of an input class, its own or inherited. */
export const limitOfField = (input: Function, field: string): FieldLimit | undefined => {
  for (let prototype = input.prototype; prototype; prototype = Object.getPrototypeOf(prototype)) {
    const found = limited.get(prototype)?.get(field)
    if (found) return found
  }
  return undefined
}
