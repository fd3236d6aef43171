import { Invalid } from '../errors/errors.js'
import { fitsColumn } from './cursor-values.js'

/** Keys of a list's order, from the most significant; `id` is added as the last one, so that every entry has its own place. */
export type Order = readonly (readonly [property: string, direction: 'asc' | 'desc'])[]

/** What the entries of a list are, and their order. A cursor is good for the lists that have both in common. */
export interface Ordering {
  /** The name of the listed type, such as `Customer`. */
  list: string
  orderBy: Order
}

/** The values of the order's keys at one entry. */
export type Cursor = readonly unknown[]

/** Longer than the longest key of an order, in JSON and base64. */
const maxLength = 16_384

/** Opaque text for an entry's place: base64url of what is listed, the order and the values of its keys. */
export const encodeCursor = (node: object, ordering: Ordering): string => {
  const values = ordering.orderBy.map(([property]) => {
    const value = (node as Record<string, unknown>)[property]
    return value instanceof Date ? { at: value.toISOString() } : value
  })
  return Buffer.from(JSON.stringify([signature(ordering), ...values])).toString('base64url')
}

/**
 * The place that a cursor names. `types` are those of the order's keys, as PostgreSQL calls them. Throws INVALID `cursor.invalid` for a text
 * that is no cursor, one of another type or order, and one with values that no entry can have. Whose entries a list
 * has is not the cursor's to say: one of another parent or tenant is a place in the order and nothing else.
 */
export const decodeCursor = (text: string, ordering: Ordering, types: readonly (string | undefined)[]): Cursor => {
  const [made, ...values] = parse(text)
  const { length } = ordering.orderBy
  if (made !== signature(ordering) || values.length !== length) throw invalidCursor()
  const cursor = values.map(revive)
  if (cursor.some((value, at) => !fitsColumn(types[at], value))) throw invalidCursor()
  return cursor
}

/** What a cursor says first: what it is good for. */
export const signature = ({ list, orderBy }: Ordering) =>
  `${list} ${orderBy.map(([property, direction]) => `${property}:${direction}`).join(',')}`

const parse = (text: string): unknown[] => {
  if (text.length > maxLength) throw invalidCursor()
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (Array.isArray(parsed)) return parsed
  } catch {}
  throw invalidCursor()
}

const invalidCursor = () =>
  new Invalid('This cursor is not one of this list in this order.', {
    reason: 'cursor.invalid',
    fields: [{ path: 'after', reason: 'cursor.invalid', message: 'a cursor that this list gave in the same order' }],
  })

const revive = (value: unknown) => {
  if (value === null || typeof value !== 'object') return value
  const { at } = value as { at?: unknown }
  return typeof at === 'string' ? new Date(at) : undefined
}
