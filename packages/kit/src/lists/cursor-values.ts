import { malformedCharacter } from '@clientele/contracts'
import { isId } from '../input/id.js'

const inRange = (limit: number) => (value: unknown) =>
  Number.isInteger(value) && (value as number) >= -limit && (value as number) < limit
const digits = (value: unknown) => typeof value === 'string' && /^-?\d{1,40}(\.\d{1,40})?$/.test(value)
const isInt8 = (value: bigint) => value === BigInt.asIntN(64, value)

/** Years that the database knows by four digits; the year 0 is none. */
const isYear = (year: number) => year >= 1 && year <= 9_999
const isTime = (value: unknown) => value instanceof Date && isYear(value.getUTCFullYear())
const isDay = (value: unknown) => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false
  const day = new Date(`${value}T00:00:00Z`)
  return isTime(day) && day.toISOString().startsWith(value)
}

// What a column of a type may be compared with; any other value would be an error of the database. Types not named here are texts.
const values: Record<string, (value: unknown) => boolean> = {
  uuid: isId,
  boolean: (value) => typeof value === 'boolean',
  smallint: inRange(2 ** 15),
  int: inRange(2 ** 31),
  integer: inRange(2 ** 31),
  bigint: (value) =>
    inRange(2 ** 53)(value) || (typeof value === 'string' && /^-?\d{1,19}$/.test(value) && isInt8(BigInt(value))),
  numeric: (value) => Number.isFinite(value) || digits(value),
  real: (value) => typeof value === 'number' && Number.isFinite(Math.fround(value)),
  double: Number.isFinite,
  timestamptz: isTime,
  date: isDay,
}
const isText = (value: unknown) => typeof value === 'string' && malformedCharacter(value) === undefined

/** Whether a value of a cursor can be compared with a column of this type, as PostgreSQL calls it. */
export const fitsColumn = (type: string | undefined, value: unknown): boolean =>
  (values[type?.match(/^\w+/)?.[0] ?? ''] ?? isText)(value)
