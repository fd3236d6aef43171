import type { ListLimit, NumberLimit, TextLimit, TimeLimit } from '@clientele/contracts'
import { getMetadataStorage } from 'type-graphql'
import { limitSentence } from './limit-sentence.js'

/** The limit of a field; `each` is that of the texts in a list. */
export interface FieldLimit {
  limit: TextLimit | ListLimit | NumberLimit | TimeLimit
  each?: TextLimit
}

const limited = new WeakMap<object, Map<PropertyKey, FieldLimit>>()

/**
 * Tells the limit that a field of an input is checked by, or that what a field answers keeps to: the field's description ends with it, and
 * generated tests drive it. Stands above `@Field`.
 */
export const Limited =
  (limit: FieldLimit['limit'], each?: TextLimit): PropertyDecorator =>
  (prototype, field) => {
    const found = { limit, ...(each && { each }) }
    const own = limited.get(prototype) ?? new Map<PropertyKey, FieldLimit>()
    limited.set(prototype, own.set(field, found))

    const input = prototype.constructor
    const described = getMetadataStorage().fields.findLast(({ target, name }) => target === input && name === field)
    if (!described) throw new Error(`@Limited of ${input.name}.${String(field)} must stand above its @Field`)
    described.description = [described.description, limitSentence(found)].filter(Boolean).join(' ')
  }

/** The limit of a field of an input, its own or inherited, by the input's name in the schema. */
export const limitOfField = (input: string, field: string): FieldLimit | undefined => {
  const type = getMetadataStorage().inputTypes.find(({ name }) => name === input)
  for (let prototype = type?.target.prototype; prototype; prototype = Object.getPrototypeOf(prototype)) {
    const found = limited.get(prototype)?.get(field)
    if (found) return found
  }
  return undefined
}
