import { malformedCharacter } from '@clientele/contracts'
import type { EntityManager, EntityName } from '@mikro-orm/postgresql'
import { isId } from '../service/loaders.js'
import { type Cursor, decodeCursor, invalidCursor, type Order } from './cursor.js'

const inRange = (limit: number) => (value: unknown) =>
  Number.isInteger(value) && (value as number) >= -limit && (value as number) < limit
const digits = (value: unknown) => typeof value === 'string' && /^-?\d{1,40}(\.\d{1,40})?$/.test(value)
const numeric = (value: unknown) => Number.isFinite(value) || digits(value)

// What a column of a type may be compared with; any other text would be an error of the database. Types not named here are texts.
const values: Record<string, (value: unknown) => boolean> = {
  uuid: isId,
  boolean: (value) => typeof value === 'boolean',
  smallint: inRange(2 ** 15),
  int: inRange(2 ** 31),
  bigint: (value) =>
    inRange(2 ** 53)(value) || (typeof value === 'string' && /^-?\d{1,19}$/.test(value) && isInt8(BigInt(value))),
  numeric,
  real: numeric,
  double: numeric,
  timestamptz: (value) => value instanceof Date && Math.abs(value.getUTCFullYear()) < 10_000,
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value),
}
const isText = (value: unknown) => typeof value === 'string' && malformedCharacter(value) === undefined
const isInt8 = (value: bigint) => value === BigInt.asIntN(64, value)
const isDay = (text: string) => {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** Whether a value of a cursor can be compared with a column of this type, as PostgreSQL calls it. */
export const fitsColumn = (type: string | undefined, value: unknown): boolean =>
  (values[type?.match(/^\w+/)?.[0] ?? ''] ?? isText)(value)

/** The cursor that a page continues behind, if any. Throws INVALID `cursor.invalid` also for values that its entity's columns cannot have. */
export const cursorOf = <T extends object>(
  em: EntityManager,
  entity: EntityName<T>,
  order: Order,
  after: string | null | undefined,
): Cursor | undefined => {
  if (!after) return undefined
  const cursor = decodeCursor(after, order)
  const { properties } = em.getMetadata().get<T>(entity as never)
  const columns = properties as unknown as Record<string, { columnTypes: string[] } | undefined>
  const types = order.map(([property]) => columns[property]?.columnTypes[0])
  if (types.some((type, at) => !fitsColumn(type, cursor[at]))) throw invalidCursor()
  return cursor
}
