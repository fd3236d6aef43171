import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { whole } from '../config/config.js'

/** How long a process that is told to stop goes on answering before it closes its ports, so that routers notice that it is not ready. */
export const drainMs = () => whole(0, 300_000).default(0)

/** Of a process with servers of its own. */
export const drainSettings = z.object({ DRAIN_MS: drainMs() })

/** Closes a server after it has drained. */
export const drained = async (drainMs: number, close: () => Promise<void>): Promise<void> => {
  if (drainMs > 0) await wait(drainMs)
  await close()
}
