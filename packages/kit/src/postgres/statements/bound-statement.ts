import { isRaw, JsonProperty, Utils } from '@mikro-orm/core'

/** A statement as PostgreSQL takes it: `$1` in the place of each value, and the values beside it. */
export interface BoundStatement {
  sql: string
  values: unknown[]
}

/** What the ORM knows of PostgreSQL: how identifiers and dates are written. */
interface Dialect {
  quoteIdentifier(id: string): string
  formatDate(date: Date): string
}

/** The protocol counts the values of a statement in two bytes. */
const mostValues = 65_535

/**
 * Turns a statement of the ORM, `?` for values, `??` for identifiers and `\?` for a question mark, into one whose values are bound.
 * The ORM itself would write them into the text, from where they come into PostgreSQL's log when the statement fails.
 */
export const boundStatement = (text: string, params: readonly unknown[], dialect: Dialect): BoundStatement => {
  const values: unknown[] = []

  const bind = (value: unknown): string => {
    if (isRaw(value)) return write(value.sql, value.params)
    // A list stands for its members, as in `in (?)`.
    if (Array.isArray(value)) return value.map(bind).join(', ')
    return `$${values.push(storable(value, dialect))}`
  }
  const write = (piece: string, given: readonly unknown[]): string => {
    if (!given.length) return piece
    let next = 0
    return piece.replaceAll(/\\\?|\?\??/g, (mark) => {
      if (mark === '\\?') return '?'
      const value = given[next++]
      if (mark === '?') return bind(value)
      return isRaw(value) ? write(value.sql, value.params) : dialect.quoteIdentifier(String(value))
    })
  }

  const sql = write(text, params)
  if (values.length > mostValues) {
    throw new Error(
      `a statement has ${values.length} values, and PostgreSQL takes ${mostValues}: send fewer rows at once`,
    )
  }
  return { sql, values }
}

const storable = (value: unknown, dialect: Dialect) => {
  if (value instanceof Date) return dialect.formatDate(value)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return JsonProperty in value || Utils.isPlainObject(value) ? JSON.stringify(value) : value
}
