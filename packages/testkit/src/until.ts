/**
 * Resolves with the first thing found that is neither false nor nothing, looking every 20 ms; the time limit of the test ends it.
 * For what happens by itself: in another process, on a timer, behind a socket. Relay, consumers and jobs are moved by the test.
 */
export const until = async <T>(look: () => T | Promise<T>): Promise<Exclude<T, false | 0 | null | undefined>> => {
  for (;;) {
    const found = await look()
    if (found) return found as Exclude<T, false | 0 | null | undefined>
    await new Promise((resume) => setTimeout(resume, 20))
  }
}
