import { isId } from '../../input/id.js'

/** Values as one parameter, for `?::text[]`, `?::uuid[]` and the like, in the words of PostgreSQL; MikroORM makes a parameter of each value of an array. */
export const arrayParameter = (values: Iterable<string | number>): string => {
  const quoted = Array.from(values, (value) => `"${String(value).replace(/["\\]/g, (special) => `\\${special}`)}"`)
  return `{${quoted.join(',')}}`
}

/** The same for `?::uuid[]`, of those values that are ids: no row has another. */
export const idsParameter = (values: readonly string[]): string => arrayParameter(values.filter(isId))
