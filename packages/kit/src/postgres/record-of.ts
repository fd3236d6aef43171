import type { EntityRecord } from './record.js'

interface Place {
  record: EntityRecord
  path: string
}

const places = new WeakMap<object, Place>()

/** The entity that a value object was read from while a request was answered: the customer of its details. */
export const recordOf = <T extends EntityRecord = EntityRecord>(value: object): T => placeOf(value).record as T

/** Where a field of this source stands: its entity, and its path from there (`person.birthDate`). */
export const placeOf = (source: object, field?: string): Place => {
  const { record, path } = places.get(source) ?? { record: source as EntityRecord, path: '' }
  return { record, path: field ? (path ? `${path}.${field}` : field) : path }
}

/** Notes for a field's value, and each of a list, which entity it was read from. */
export const rememberPlace = (value: unknown, source: object, field: string) => {
  if (Array.isArray(value)) for (const each of value) rememberPlace(each, source, field)
  else if (value && typeof value === 'object') places.set(value, placeOf(source, field))
}
