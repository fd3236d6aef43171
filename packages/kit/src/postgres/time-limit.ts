/** Work has not ended in the time that it had. */
export class TookLong extends Error {}

/** How long somebody waits for a transaction, from its first statement on. */
export interface TimeLimit {
  ms: number
  /** Where the limit is firm: the transaction gets no statement any more once it is reached, and none takes longer. Otherwise it goes on. */
  signal?: AbortSignal
  begin(): void
  isOver(): boolean
  /** What the work resolves with. Rejects with TookLong once the limit is reached, whether the work ends or not. */
  wait<T>(work: Promise<T>): Promise<T>
  end(): void
}

export const createTimeLimit = (ms: number, { isFirm }: { isFirm: boolean }): TimeLimit => {
  const over = new AbortController()
  const reached = Promise.withResolvers<never>()
  let timer: NodeJS.Timeout | undefined
  let begunAt: number | undefined
  const reach = () => {
    const error = new TookLong(`not done after ${ms} ms`)
    over.abort(error)
    reached.reject(error)
  }
  reached.promise.catch(() => {})
  return {
    ms,
    ...(isFirm && { signal: over.signal }),
    begin: () => {
      begunAt ??= performance.now()
      timer ??= setTimeout(reach, ms)
    },
    isOver: () => begunAt !== undefined && performance.now() - begunAt >= ms,
    wait: (work) => Promise.race([work, reached.promise]),
    end: () => clearTimeout(timer),
  }
}
