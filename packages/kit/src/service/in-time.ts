/** What the work brings, if it does so within so many milliseconds; rejects otherwise, and aborts the work through its signal. */
export const inTime = async <T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const abort = new AbortController()
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    abort.abort()
    reject(new Error(`no answer within ${ms} ms`))
  }, ms)
  try {
    return await Promise.race([work(abort.signal), late])
  } finally {
    clearTimeout(timer)
  }
}
