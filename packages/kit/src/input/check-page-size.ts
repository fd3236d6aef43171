import { limits, type NumberLimit } from '@clientele/contracts'
import { Invalid } from '../errors/errors.js'
import { rangeOf } from './limit-sentence.js'

/** Whether a page may have so many entries. */
export const isPageSize = (given: unknown, { least, most }: NumberLimit = limits.pageSize): given is number =>
  Number.isInteger(given) && (given as number) >= least && (given as number) <= most

/** Passes the number of entries that a page has. Throws INVALID `page.size`; `path` is the argument that says it. */
export const checkPageSize = (given: number, limit: NumberLimit = limits.pageSize, path = 'first'): number => {
  if (isPageSize(given, limit)) return given
  const reason = 'page.size'
  const params = { least: limit.least, most: limit.most }
  throw new Invalid(`A page has ${rangeOf(limit)} entries, not ${given}.`, {
    reason,
    params,
    fields: [{ path, reason, message: rangeOf(limit), params }],
  })
}
