import { isUnavailable } from '../errors/map-error.js'

const mostFailures = 100

/**
 * Does work for many at once. Where it fails, it is done for each half of them, and so on, until those are found for which it fails: they are
 * returned with their errors, and stop none of the others. Throws where nothing is to blame for it: when the database is away, or when
 * more than 100 fail.
 */
export const isolate = async <T>(
  all: readonly T[],
  work: (some: readonly T[]) => Promise<unknown>,
): Promise<Map<T, unknown>> => {
  const failed = new Map<T, unknown>()
  const attempt = async (some: readonly T[]): Promise<void> => {
    if (!some.length) return
    try {
      await work(some)
    } catch (error) {
      if (isUnavailable(error)) throw error
      const [only] = some
      if (some.length === 1) failed.set(only as T, error)
      if (failed.size > mostFailures) throw error
      if (some.length === 1) return
      const half = some.length >> 1
      await attempt(some.slice(0, half))
      await attempt(some.slice(half))
    }
  }
  await attempt(all)
  return failed
}
