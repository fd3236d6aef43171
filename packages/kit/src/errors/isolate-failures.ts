import type { ErrorCode } from './errors.js'
import { expectedError } from './map-error.js'

/**
 * Works through items together, usually in one transaction per call of `work`; where that fails for a reason that may lie with single
 * items, in halves, down to those at fault, for which `onFailure` says the result. A failing item costs about 2 log2(n) calls more.
 * Throws what lies with none of them: a service that is away, a missing permission.
 */
export const isolateFailures = async <Item, Result>(
  items: readonly Item[],
  work: (part: readonly Item[]) => Promise<Result[]>,
  onFailure: (item: Item, error: unknown) => Result,
): Promise<Result[]> => {
  try {
    return await work(items)
  } catch (error) {
    const [only] = items
    if (only === undefined || !mayBeItem(error)) throw error
    if (items.length === 1) return [onFailure(only, error)]
    const middle = Math.ceil(items.length / 2)
    const first = await isolateFailures(items.slice(0, middle), work, onFailure)
    return [...first, ...(await isolateFailures(items.slice(middle), work, onFailure))]
  }
}

const codesOfItems: readonly ErrorCode[] = ['INVALID', 'CONFLICT', 'NOT_FOUND', 'INTERNAL']

const mayBeItem = (error: unknown) => {
  const expected = expectedError(error)
  return !expected || codesOfItems.includes(expected.code)
}
