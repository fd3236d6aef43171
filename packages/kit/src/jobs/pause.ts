/** A pause that can be cut short. A `wake` that comes while nobody pauses cuts the next pause short, so that none is missed. */
export const createPause = () => {
  let woken = false
  let resume = () => {}
  return {
    wake: () => {
      woken = true
      resume()
    },
    /** Resolves after so many milliseconds, or when woken. */
    wait: async (ms: number) => {
      if (!woken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          resume = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      woken = false
    },
  }
}
