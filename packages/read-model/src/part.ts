import { objectTypeOf } from './compilation.js'
import { snakeCase } from './derived.js'
import { type Read, recordOf } from './read.js'

/**
 * An object made of columns of the same row: `part({ amount: (row) => `${row}.total`, currency: (row) => `${row}.currency` })`.
 * Fields that are not named here are read by their own names; `when` is the condition under which there is one.
 */
export const part = (columns: Record<string, (row: string) => string>, when?: (row: string) => string): Read => ({
  sql: ({ type, field, nodes }, parent, c) => {
    const { sql: row } = parent
    const alias = c.alias()
    const list = Object.entries(columns).map(([name, expression]) => `${expression(row)} as ${snakeCase(name)}`)
    const object = c.object(objectTypeOf(field), nodes, { from: 'select', sql: alias, record: recordOf(type, parent) })
    return `(select ${object} from (select ${list.join(', ')}) as ${alias}${when ? ` where ${when(row)}` : ''})`
  },
})
