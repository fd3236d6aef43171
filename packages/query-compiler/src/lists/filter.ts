import {
  asStored,
  comparisonsIn,
  isAbsent,
  isBlankOperand,
  isId,
  likePattern,
  mostOfFilter as most,
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

interface Filter {
  and?: Filter[] | null
  or?: Filter[] | null
  not?: Filter | null
}

/** The condition of a typed filter: the same as the kit's `toWhere`, in SQL. */
export const filterSql = (c: Compilation, { type, input, alias, special }: Filtered, filter: object): string => {
  const { columns } = c.entity(type)
  let conditions = 0

  const build = (filter: Filter, depth: number, negated: boolean): string[] => {
    // Beyond these limits the ordinary resolvers refuse the filter.
    if (depth > most.depth) throw new NotMappable('a filter of too many levels')
    const { and, or, not, ...fields } = filter
    const all = Object.entries(fields).flatMap(([name, given]) => {
      checkShown(name)
      return isAbsent(given) ? [] : on(name, given as object, negated)
    })
    conditions += all.length
    if (conditions > most.conditions) throw new NotMappable('a filter of too many conditions')
    all.push(...(and ?? []).flatMap((one) => build(one, depth + 1, negated)))
    if (or) all.push(or.length ? anyOf(or.map((one) => build(one, depth + 1, negated))) : 'false')
    const denied = not ? build(not, depth + 1, true) : []
    if (not && !denied.length) throw new NotMappable('a negation of nothing')
    if (not) all.push(`not ${allOf(denied)}`)
    return all
  }

  /** Whoever names what is hidden from them is refused, whatever they say of it. */
  const checkShown = (name: string) => {
    const { policies } = c.model
    const isKnown = columns.has(name) || name in special
    if (!isKnown) throw new NotMappable(`a filter by ${name}`)
    const isShown = policies.showsAlways(c.actor, type, name) && policies.mayName(c.actor, input, name)
    if (!isShown) throw new NotMappable(`a filter by ${name}`)
  }

  const on = (name: string, given: object, negated: boolean): string[] => {
    if (special[name]) return [special[name](given as never, alias, c)]
    const column = columns.get(name)
    const operands = comparisonsIn(given)
    if (!column || typeof operands !== 'object') throw new NotMappable(`a filter by ${name}`)
    const sql = `${alias}.${column.name}`
    const found = Object.entries(operands)
      .filter(([, value]) => value != null)
      .map(([operator, value]) => condition(c, column, sql, operator, value))
    // A comparison with a null column is null, and so is its negation: beneath a `not` it has to be plainly false.
    return negated && found.length ? [...found, `${sql} is not null`] : found
  }

  return allOf(build(filter as Filter, 0, false))
}

const allOf = (conditions: readonly string[]) => (conditions.length ? `(${conditions.join(' and ')})` : 'true')
const anyOf = (alternatives: readonly string[][]) => {
  if (alternatives.some((each) => !each.length)) throw new NotMappable('an alternative without a condition')
  return `(${alternatives.map(allOf).join(' or ')})`
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
  if (list.length > most.values) throw new NotMappable('a filter of too many values')
  return list
}
