import { type Cursor, decodeCursor, type Ordering, signature } from '@clientele/kit'
import type { Compilation } from '../compile/compilation.js'
import type { Column } from '../compile/entities.js'
import { literal, timeText } from '../compile/leaf.js'
import { NotMappable } from '../compile/not-mappable.js'

/** A key of an order: the property that cursors name, and the column that it is kept in. */
export interface OrderKey extends Column {
  property: string
}

const text = (sql: string) => `to_json(${sql}::text)::text`

/** Values of columns as JSON text, as the kit's cursors hold them. */
const jsonTexts: Record<string, (sql: string) => string> = {
  timestamptz: (sql) => `'{"at":"' || ${timeText(sql)} || '"}'`,
  uuid: text,
  text,
  varchar: text,
  numeric: text,
  int: (sql) => `${sql}::text`,
}

const jsonText = ({ type, property, name }: OrderKey, alias: string) => {
  const write = jsonTexts[type]
  if (!write) throw new NotMappable(`lists in the order of ${property} have no cursor in SQL`)
  return write(`${alias}.${name}`)
}

/** An order whose keys all go the same way; `id` comes last, as in the kit. */
export interface KeyOrder {
  /** The name of the listed type. */
  list: string
  keys: readonly OrderKey[]
  direction: 'asc' | 'desc'
}

const orderingOf = ({ list, keys, direction }: KeyOrder): Ordering => ({
  list,
  orderBy: keys.map(({ property }) => [property, direction]),
})

/** `order by` for rows called `alias`. */
export const orderBy = ({ keys, direction }: KeyOrder, alias: string) =>
  `order by ${keys.map(({ name }) => `${alias}.${name} ${direction}`).join(', ')}`

/** The cursor of a row: the same text that the kit gives. */
export const cursorSql = (order: KeyOrder, alias: string): string => {
  const values = order.keys.map((key) => jsonText(key, alias))
  const start = literal(`["${signature(orderingOf(order))}",`)
  const json = `${start} || ${values.join(` || ',' || `)} || ']'`
  return `translate(encode(convert_to(${json}, 'UTF8'), 'base64'), E'+/=\\n', '-_')`
}

/** Passes a cursor of this list. */
export const checkCursor = (c: Compilation, order: KeyOrder, after: unknown) => {
  if (after != null) c.check(after, (given) => void placeIn(given, order))
}

/** `and …` for rows behind the cursor that a request continues at, if it does. */
export const behind = (c: Compilation, order: KeyOrder, alias: string, after: unknown): string => {
  if (after == null) return ''
  const columns = order.keys.map(({ name }) => `${alias}.${name}`)
  const values = order.keys.map(({ type }, at) => c.argument(after, type, (given) => placeIn(given, order)[at]))
  return `and (${columns.join(', ')}) ${order.direction === 'asc' ? '>' : '<'} (${values.join(', ')})`
}

const placeIn = (given: unknown, order: KeyOrder): Cursor => {
  try {
    return decodeCursor(
      String(given),
      orderingOf(order),
      order.keys.map(({ type }) => type),
    )
  } catch {
    // The ordinary resolvers say what is wrong with it.
    throw new NotMappable('a cursor of another list')
  }
}
