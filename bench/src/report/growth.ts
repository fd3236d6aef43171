import type { Memory } from '../surroundings/memory.js'

/** How a variant's memory grew while it was asked. */
export interface Growth {
  variant: string
  concurrency: number
  requests: number
  /** How many of them had a query that was never asked before. */
  distinct: number
  /** In bytes, with the minutes since the end of the warm-up. */
  samples: (Memory & { minutes: number })[]
}

/** The last of the samples in parts of the first; undefined where memory cannot be told. */
export const growthOf = ({ samples }: Growth, figure: keyof Memory): number | undefined => {
  const [first, last] = [samples[0]?.[figure], samples.at(-1)?.[figure]]
  return first === undefined || last === undefined ? undefined : last / first
}
