interface Waiting {
  failures: number
  due: number
}

/**
 * Which events wait to be tried again, by the key whose order they belong to: what comes later on the key has to wait as well.
 * It knows what this process took; sequences are positions in the stream.
 */
export const createKeyOrder = () => {
  const keys = new Map<string, Map<number, Waiting>>()
  const waitingOf = (key: string) => keys.get(key) ?? new Map<number, Waiting>()

  return {
    /** In how many milliseconds the earliest event before this one is due, or undefined where none waits. `here` are at hand, and no obstacle. */
    pauseBefore: (key: string, sequence: number, now: number, here: ReadonlySet<number> = new Set()) => {
      const earlier = [...waitingOf(key)].filter(([each]) => each < sequence && !here.has(each))
      if (!earlier.length) return undefined
      return Math.max(0, Math.min(...earlier.map(([, { due }]) => due)) - now)
    },
    failuresOf: (key: string, sequence: number) => waitingOf(key).get(sequence)?.failures ?? 0,
    wait: (key: string, sequence: number, waiting: Waiting) => {
      keys.set(key, waitingOf(key).set(sequence, waiting))
    },
    /** It was handled or given up. */
    settle: (key: string, sequence: number) => {
      const waiting = waitingOf(key)
      waiting.delete(sequence)
      if (!waiting.size) keys.delete(key)
    },
    clear: () => keys.clear(),
  }
}
