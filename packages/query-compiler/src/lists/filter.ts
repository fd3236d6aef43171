import {
  asStored,
  comparisonsIn,
  foldFilter,
  Invalid,
  isBlankOperand,
  isId,
  likePattern,
  mostOfFilter,
} from '@clientele/kit'
import type { Compilation } from '../compile/compilation.js'
import type { Column } from '../compile/entities.js'
import { NotMappable } from '../compile/not-mappable.js'

/** What conditions of a filter mean that are no properties of the entity: SQL that is never null, of what was given and the row. */
export type Special = Readonly<Record<string, (given: never, row: string, c: Compilation) => string>>

interface Filtered {
  /** The entity that is filtered. */
  type: string
  /** The filter's input type. */
  input: string
  alias: string
  special: Special
}

/** The condition of a typed filter: the same as the kit's `toWhere`, in SQL. What that refuses is left to it, who says why. */
export const filterSql = (c: Compilation, { type, input, alias, special }: Filtered, filter: object): string => {
  const { columns } = c.entity(type)

  /** Whoever names what is hidden from them is refused, whatever they say of it. */
  const named = (name: string) => {
    const { policies } = c.model
    const isKnown = columns.has(name) || name in special
    if (!isKnown) throw new NotMappable(`a filter by ${name}`)
    const isShown = policies.showsAlways(c.actor, type, name) && policies.mayName(c.actor, input, name)
    if (!isShown) throw new NotMappable(`a filter by ${name}`)
  }

  const on = (name: string, given: object | boolean, isNegated: boolean): string[] => {
    if (special[name]) return [special[name](given as never, alias, c)]
    const column = columns.get(name)
    const operands = comparisonsIn(given)
    if (!column || typeof operands !== 'object') throw new NotMappable(`a filter by ${name}`)
    const sql = `${alias}.${column.name}`
    const found = Object.entries(operands)
      .filter(([, value]) => value != null)
      .map(([operator, value]) => condition(c, column, sql, operator, value))
    // A comparison with a null column is null, and so is its negation: beneath a `not` it has to be plainly false.
    return isNegated && found.length ? [...found, `${sql} is not null`] : found
  }

  const fold = () =>
    foldFilter<string>(filter, {
      named,
      on: (name, given, _, isNegated) => on(name, given, isNegated),
      all: (conditions) => `(${conditions.join(' and ')})`,
      any: (conditions) => (conditions.length ? `(${conditions.join(' or ')})` : 'false'),
      not: (one) => `not ${one}`,
    })
  try {
    return fold() ?? 'true'
  } catch (error) {
    throw error instanceof Invalid ? new NotMappable(error.message) : error
  }
}

const comparisons: Record<string, string> = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' }
const patterns: Record<string, (text: string) => string> = {
  contains: (text) => `%${text}%`,
  startsWith: (text) => `${text}%`,
}

const condition = (c: Compilation, { type }: Column, sql: string, operator: string, given: unknown): string => {
  if (type === 'uuid') return `${sql} = any(${c.argument(given, 'uuid[]', (ids) => listOf(ids).filter(isId))})`
  if (operator === 'in') return `${sql} = any(${c.argument(given, `${type}[]`, (values) => listOf(operand(values)))})`
  const pattern = patterns[operator]
  if (pattern) return `${sql} ilike ${c.argument(given, 'text', (text) => pattern(likePattern(String(operand(text)))))}`
  const sign = comparisons[operator]
  if (!sign) throw new NotMappable(`a filter with ${operator}`)
  return `${sql} ${sign} ${c.argument(given, type, operand)}`
}

const operand = (given: unknown): unknown => {
  if (isBlankOperand(given)) throw new NotMappable('a filter by a blank text')
  return asStored(given)
}

const listOf = (given: unknown): unknown[] => {
  const list = [given].flat()
  if (list.length > mostOfFilter.values) throw new NotMappable('a filter of too many values')
  return list
}
