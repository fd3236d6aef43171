import { getNullableType, isLeafType } from 'graphql'
import type { ReadScope } from '../compile/compilation.js'
import { leafFromColumn } from '../compile/leaf.js'
import { NotMappable } from '../compile/not-mappable.js'
import type { Read } from './read.js'

/** A scalar or enum that an SQL expression over the row gives; the expression has the type of the scalar's usual column. */
export const computed = (expression: (row: string, scope: ReadScope) => string): Read => ({
  sql: ({ type, field }, { sql: row }, c) => {
    const leaf = getNullableType(field.type)
    if (!isLeafType(leaf)) throw new NotMappable(`${type.name}.${field.name} is no scalar`)
    return leafFromColumn(leaf, `(${expression(row, c)})`)
  },
})
