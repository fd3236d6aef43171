/** Told to stop by Ctrl-C; a second Ctrl-C ends the process as usual. */
export interface StopSignal {
  signal: AbortSignal
  release(): void
}

export const stopSignal = (): StopSignal => {
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  const names = ['SIGINT', 'SIGTERM'] as const
  for (const name of names) process.once(name, stop)
  return {
    signal: stopping.signal,
    release: () => {
      for (const name of names) process.off(name, stop)
    },
  }
}
