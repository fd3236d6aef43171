import { columnName } from '@clientele/kit'
import { objectTypeOf } from '../compile/compilation.js'
import { type Read, type Row, recordOf } from './read.js'

/**
 * An object made of columns of the same row: `part({ amount: (row) => `${row}.total`, currency: (row) => `${row}.currency` })`.
 * Fields that are not named here are read by their own names; `when` is the condition under which there is one.
 */
export const part = (columns: Record<string, (row: string) => string>, when?: (row: string) => string): Read => ({
  sql: ({ type, field, nodes }, parent, c) => {
    const { sql: row } = parent
    const own = objectTypeOf(field)
    const part: Row = { from: 'select', sql: row, record: recordOf(type, parent) }
    const list = Object.entries(columns).map(([name, expression]) => [columnName(name), expression(row)] as const)
    const isPlain = [...c.asked(own, nodes).values()].every(([node]) => !c.model.read(own.name, node!.name.value))
    if (isPlain) {
      const object = c.object(own, nodes, { ...part, expressions: new Map(list) })
      return when ? `case when ${when(row)} then ${object} end` : object
    }
    // A read of the part's own needs a row to speak of.
    const alias = c.alias()
    const selected = list.map(([name, expression]) => `${expression} as ${name}`).join(', ')
    const object = c.object(own, nodes, { ...part, sql: alias })
    return `(select ${object} from (select ${selected}) as ${alias}${when ? ` where ${when(row)}` : ''})`
  },
})
