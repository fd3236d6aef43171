import type { Progress } from '@clientele/embedded'
import type { Load } from '../load/load.js'
import type { Level, Round, Turn } from '../report/report.js'
import { cpuSeconds, familyCpuSeconds } from '../surroundings/cpu.js'
import { type Memory, memoryOf } from '../surroundings/memory.js'
import type { Variant } from '../variants/variant.js'
import { turnOrders } from './turn-orders.js'

export interface RoundsOptions {
  rounds: number
  seconds: number
  concurrency: number
}

/** A turn of each variant that nobody looks at. */
export const warmUp = async (
  load: Load,
  variants: readonly Variant[],
  options: { seconds: number; concurrency: number },
): Promise<void> => {
  for (const { name } of variants) await load.round({ ...options, target: name, round: 0 })
}

/** Rounds in which every variant has its turn, each time behind another one. */
export const measureRounds = async (
  load: Load,
  variants: readonly Variant[],
  postgresPid: number,
  { rounds, ...options }: RoundsOptions,
  progress: Progress,
): Promise<Level> => {
  const orders = turnOrders(variants)
  const results: Round[] = []
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}, ${options.concurrency} at a time`)
    const turns: [Variant, Omit<Turn, keyof Memory>][] = []
    for (const variant of orders[round % orders.length] as Variant[]) {
      turns.push([variant, await turn(load, variant, postgresPid, { ...options, round })])
    }
    const result: Round = {}
    for (const [{ name, children }, measured] of turns) {
      result[name] = { ...measured, ...(await memoryOf(children)) }
    }
    results.push(result)
  }
  return { concurrency: options.concurrency, rounds: results }
}

/** Asks a variant for some seconds. Code that was idle is cold again, as V8 forgets it: half the time on top is to warm up. */
const turn = async (
  load: Load,
  { name, children }: Variant,
  postgresPid: number,
  options: { round: number; seconds: number; concurrency: number },
): Promise<Omit<Turn, keyof Memory>> => {
  const pids = children.map(({ pid }) => pid)
  await load.round({ ...options, target: name, seconds: options.seconds / 2 })
  const spent = () => ({ server: cpuSeconds(pids), database: familyCpuSeconds(postgresPid) })
  const before = spent()
  const measured = await load.round({ ...options, target: name })
  const after = spent()
  return {
    ...measured,
    server: perRequest(before.server, after.server, measured.requests),
    database: perRequest(before.database, after.database, measured.requests),
  }
}

/** In microseconds. */
const perRequest = (before: number | undefined, after: number | undefined, requests: number) =>
  before === undefined || after === undefined ? undefined : ((after - before) * 1e6) / requests
