import type { Progress } from '@clientele/embedded'
import type { Load } from '../load/load.js'
import type { Growth } from '../report/growth.js'
import { memoryOf } from '../surroundings/memory.js'
import type { Variant } from '../variants/variant.js'

/** How often memory is looked at; a part of the same length comes before, to warm up. */
const parts = 10

/** One request in so many is one that nobody has asked before, so that caches fill. */
const distinctEvery = 50

/** Asks one variant for some minutes and looks how its memory grows. */
export const measureGrowth = async (
  load: Load,
  { name, children }: Variant,
  { minutes, concurrency }: { minutes: number; concurrency: number },
  progress: Progress,
): Promise<Growth> => {
  const seconds = (minutes * 60) / parts
  const growth: Growth = { variant: name, concurrency, requests: 0, distinct: 0, samples: [] }
  for (let part = 0; part <= parts; part++) {
    progress(part === 0 ? `warming up ${name}` : `${name}: part ${part} of ${parts}`)
    const { requests, distinct } = await load.round({ target: name, seconds, concurrency, round: part, distinctEvery })
    growth.requests += requests
    growth.distinct += distinct
    growth.samples.push({ minutes: (part * seconds) / 60, ...(await memoryOf(children)) })
  }
  return growth
}
