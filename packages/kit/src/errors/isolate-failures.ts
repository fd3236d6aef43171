import { ClienteleError } from './errors.js'
import { isUnavailable } from './map-error.js'

interface Options {
  /** Whether an error may lie with single items; unless given, every one that does not say that something is away. */
  mayBeItem?: (error: unknown) => boolean
  /** Where more fail, none of them is to blame. 100 unless given. */
  mostFailures?: number
}

/** The database, a service that is asked, or the lease under which all of this is done: no item can help that. */
export const isAway = (error: unknown) =>
  isUnavailable(error) || (error instanceof ClienteleError && error.code === 'UNAVAILABLE')

/**
 * Works through items together, usually in one transaction per call of `work`. Where that fails, it is done for each half of them, and so on
 * down to those at fault: they are returned with their errors, and stop none of the others. One of n costs about 2 log2(n) calls more.
 * Throws what lies with none of them.
 */
export const isolateFailures = async <Item>(
  items: readonly Item[],
  work: (part: readonly Item[]) => Promise<unknown>,
  { mayBeItem = (error) => !isAway(error), mostFailures = 100 }: Options = {},
): Promise<Map<Item, unknown>> => {
  const failed = new Map<Item, unknown>()
  const attempt = async (part: readonly Item[]): Promise<void> => {
    if (!part.length) return
    try {
      await work(part)
    } catch (error) {
      if (!mayBeItem(error)) throw error
      if (part.length > 1) {
        const middle = Math.ceil(part.length / 2)
        await attempt(part.slice(0, middle))
        return attempt(part.slice(middle))
      }
      for (const item of part) failed.set(item, error)
      if (failed.size > mostFailures) throw error
    }
  }
  await attempt(items)
  return failed
}
