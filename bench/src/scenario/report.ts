import type { Figures, LimitVerdict, RunKind } from '@clientele/k6'
import type { Machine } from '../report/machine.js'
import type { Model } from './arrivals.js'
import type { Imported } from './importing.js'
import type { Measured, OperationFigures, Stretch } from './measured.js'
import type { Verdict } from './soak.js'
import type { Held } from './watch.js'

/** What a run found out: what is printed, written and held against later runs. */
export interface LoadReport extends RunKind {
  summary: string
  model: Model
  seconds: number
  at: string
  machine: Machine
  /** Customers of the seed, where the platform was started for the run. */
  customers: number | undefined
  requests: number
  notBegun: number
  figures: Figures
  operations: OperationFigures[]
  reasons: Record<string, number>
  /** Milliseconds of CPU for each request, and events for each second; undefined where they cannot be told. */
  spent: Spent
  beside: Beside | undefined
  limits: LimitVerdict[]
  soak: Verdict[]
  timeline: Stretch[]
  held: Held[]
}

export interface Spent {
  serverMs: number | undefined
  postgresMs: number | undefined
  /** Processors that were busy in the middle. */
  serverCores: number | undefined
  postgresCores: number | undefined
  publishedPerSecond: number | undefined
  handledPerSecond: number | undefined
}

/** What an import did to those who read. */
export interface Beside {
  alone: Figures
  beside: Figures
  imported: Imported
}

/** What was spent between two looks at the platform. */
export const spentBetween = (before: Held, after: Held, { requests }: Pick<Measured, 'requests'>): Spent => {
  const seconds = after.at - before.at
  const grown = (figure: 'cpu' | 'postgresCpu' | 'published' | 'handled') => {
    const [from, to] = [before[figure], after[figure]]
    return from === undefined || to === undefined ? undefined : to - from
  }
  const per = (value: number | undefined, divisor: number) => (value === undefined ? undefined : value / divisor)
  const [server, postgres] = [grown('cpu'), grown('postgresCpu')]
  return {
    serverMs: per(server, requests / 1_000),
    postgresMs: per(postgres, requests / 1_000),
    serverCores: per(server, seconds),
    postgresCores: per(postgres, seconds),
    publishedPerSecond: per(grown('published'), seconds),
    handledPerSecond: per(grown('handled'), seconds),
  }
}

/** Whether all that was held against something held. */
export const isMet = ({ limits, soak }: LoadReport): boolean => [...limits, ...soak].every(({ met }) => met)
