import { setTimeout as pause } from 'node:timers/promises'

/** How load comes: actions that begin at a rate, whatever becomes of those before, or clients that each wait for their answer. */
export type Model = { perSecond: number } | { clients: number; thinkSeconds: number }

/** More actions than so many are not under way at a time; those that would come beyond are not begun, and counted. */
export const mostAtOnce = 1_000

/**
 * Begins actions for so many seconds, and waits for the last. `begin` is told the moment at which the action was due, in milliseconds of
 * `performance.now`: an answer that comes late since the one before kept the sender is late all the same. Gives how many were not begun.
 */
export const arrive = async (
  model: Model,
  seconds: number,
  begin: (dueAt: number) => Promise<void>,
  most = mostAtOnce,
): Promise<number> => {
  const began = performance.now()
  const end = began + seconds * 1_000
  if ('clients' in model) {
    const client = async () => {
      const thinkMs = model.thinkSeconds * 1_000
      for (;;) {
        await begin(performance.now())
        // Whoever would think beyond the end is done.
        if (performance.now() + thinkMs >= end) return
        if (thinkMs) await pause(thinkMs)
      }
    }
    await Promise.all(Array.from({ length: model.clients }, client))
    return 0
  }
  const underWay = new Set<Promise<void>>()
  let notBegun = 0
  for (let at = 0; at < model.perSecond * seconds; at++) {
    const dueAt = began + (at * 1_000) / model.perSecond
    const wait = dueAt - performance.now()
    if (wait > 0) await pause(wait)
    if (underWay.size >= most) {
      notBegun++
      continue
    }
    const action = begin(dueAt).finally(() => underWay.delete(action))
    underWay.add(action)
  }
  await Promise.all(underWay)
  return notBegun
}
