import { Invalid } from '../errors/errors.js'

interface Filter {
  and?: Filter[] | null
  or?: Filter[] | null
  not?: Filter | null
}

/** How large a filter may be: levels, conditions, and values of an `in`. */
export const mostOfFilter = { depth: 10, conditions: 200, values: 1_000 } as const

/** What becomes of the parts of a filter. */
export interface FilterParts<T> {
  /** Told of each field that is named, whatever is said of it. */
  named?(name: string): void
  /** Conditions on one field, of which each must hold. Beneath a `not` they must be plainly false where the field is null. */
  on(name: string, given: object | boolean, path: string, isNegated: boolean): T[]
  all(conditions: readonly T[]): T
  /** Never holds where there are none. */
  any(conditions: readonly T[]): T
  not(condition: T): T
}

/**
 * Makes one condition of a typed filter with `and`, `or` and `not`; undefined where it says nothing. An absent condition is no condition (see
 * `isAbsent`), an empty `or` never holds. Throws INVALID `filter.too_large` beyond 10 levels or 200 conditions, and `filter.empty` for an
 * alternative or a negation without a condition: whether that is everything or nothing, whoever wrote it did not mean it.
 */
export const foldFilter = <T>(filter: object | null | undefined, parts: FilterParts<T>): T | undefined => {
  let conditions = 0

  const fold = (
    { and, or, not, ...fields }: Filter,
    path: string,
    depth: number,
    isNegated: boolean,
  ): T | undefined => {
    if (depth > mostOfFilter.depth) throw tooLargeFilter('levels')
    const all: T[] = []
    for (const [name, given] of Object.entries(fields)) {
      parts.named?.(name)
      if (isAbsent(given)) continue
      const found = parts.on(name, given as object | boolean, `${path}.${name}`, isNegated)
      all.push(...found)
      conditions += found.length
      if (conditions > mostOfFilter.conditions) throw tooLargeFilter('conditions')
    }
    const within = (one: Filter, at: string, negates = isNegated) => fold(one, `${path}.${at}`, depth + 1, negates)
    const saying = (one: Filter, at: string, negates?: boolean) => {
      const condition = within(one, at, negates)
      if (condition === undefined) throw emptyFilter(`${path}.${at}`, 'at least one condition')
      return condition
    }
    for (const [at, one] of (and ?? []).entries()) {
      const condition = within(one, `and.${at}`)
      if (condition !== undefined) all.push(condition)
    }
    if (or) all.push(parts.any(or.map((one, at) => saying(one, `or.${at}`))))
    if (not) all.push(parts.not(saying(not, 'not', true)))
    return all.length ? parts.all(all) : undefined
  }
  return fold((filter ?? {}) as Filter, 'filter', 0, false)
}

/** Whether a condition says nothing: null, or an input object whose fields are all null or left out. */
export const isAbsent = (given: unknown): boolean =>
  given == null ||
  (typeof given === 'object' && !Array.isArray(given) && Object.values(given).every((value) => value == null))

export const emptyFilter = (path: string, right: string) =>
  new Invalid('A part of a filter has no condition.', {
    reason: 'filter.empty',
    fields: [{ path, reason: 'filter.empty', message: `${right}, or leave it out` }],
  })

const mostOf = { levels: mostOfFilter.depth, conditions: mostOfFilter.conditions, values: mostOfFilter.values }

export const tooLargeFilter = (what: keyof typeof mostOf) => {
  const most = mostOf[what]
  return new Invalid(`A filter has at most ${most} ${what}.`, {
    reason: 'filter.too_large',
    params: { most },
    fields: [{ path: 'filter', reason: 'filter.too_large', message: `at most ${most} ${what}`, params: { most } }],
  })
}
