import { Invalid } from '../errors/errors.js'

/** Keys of a list's order, from the most significant; `id` is added as the last one, so that every entry has its own place. */
export type Order = readonly (readonly [property: string, direction: 'asc' | 'desc'])[]

/** The values of the order's keys at one entry. */
export type Cursor = readonly unknown[]

/** Opaque text for an entry's place: base64url of the order and of the values of its keys. */
export const encodeCursor = (node: object, order: Order): string => {
  const values = order.map(([property]) => {
    const value = (node as Record<string, unknown>)[property]
    return value instanceof Date ? { at: value.toISOString() } : value
  })
  return Buffer.from(JSON.stringify([signature(order), ...values])).toString('base64url')
}

/** Throws INVALID `cursor.invalid` for a text that is no cursor, or one of a list in another order. */
export const decodeCursor = (text: string, order: Order): Cursor => {
  try {
    const [made, ...values] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [string, ...unknown[]]
    if (made === signature(order) && values.length === order.length) return values.map(revive)
  } catch {}
  throw invalidCursor()
}

export const invalidCursor = () =>
  new Invalid('This cursor is not one of this list in this order.', {
    reason: 'cursor.invalid',
    fields: [{ path: 'after', reason: 'cursor.invalid', message: 'a cursor that this list gave in the same order' }],
  })

const revive = (value: unknown) => {
  if (value === null || typeof value !== 'object') return value
  const date = new Date((value as { at: string }).at)
  if (Number.isNaN(date.getTime())) throw new Error('no date')
  return date
}

const signature = (order: Order) => order.map(([property, direction]) => `${property}:${direction}`).join(',')
