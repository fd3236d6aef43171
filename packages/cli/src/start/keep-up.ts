import type { Progress, Running } from '@clientele/embedded'

const pauses = [100, 500, 2_000, 5_000]

/** Starts a part again when it ends though nobody stopped it. Only its first start can fail to the caller. */
export const keepUp = async <T extends Running>(
  name: string,
  progress: Progress,
  start: (onExit: (why: string) => void) => Promise<T>,
): Promise<T> => {
  let stopping = false
  let current: Promise<T>

  const again = async (why: string): Promise<T> => {
    progress(`${name} ended (${why}) and is started again`)
    for (let attempt = 0; ; attempt++) {
      await new Promise((resume) => setTimeout(resume, pauses[Math.min(attempt, pauses.length - 1)]))
      try {
        return await start(onExit)
      } catch (error) {
        if (stopping) throw error
        progress(`${name} cannot start: ${(error as Error).message}`)
      }
    }
  }
  const onExit = (why: string) => {
    if (stopping) return
    current = again(why)
    current.catch(() => {})
  }

  current = start(onExit)
  const first = await current
  return {
    ...first,
    stop: async () => {
      stopping = true
      const running = await current.catch(() => undefined)
      await running?.stop()
    },
  }
}
