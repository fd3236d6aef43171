import type { Answer } from './answer.js'
import type { Operation } from './documents.js'
import type { Draw } from './draw.js'
import type { Known } from './known.js'
import type { Limits } from './limits.js'

/** Roles of people that take part. */
export type Role = 'manager' | 'sales' | 'service' | 'analyst'

/** What variables are made from. */
export interface Moment {
  draw: Draw
  known: Known
  /** Answers of the steps before, the first one first. */
  answers: readonly Answer[]
  now: Date
}

/** One request. */
export interface Step {
  operation: Operation
  variables(moment: Moment): object
}

/** What a person does at a time: requests one after the other. It ends with the first that fails. */
export interface Action {
  name: string
  steps: readonly Step[]
}

/** Who does an action, and how often beside the others. */
export interface Share {
  role: Role
  action: Action
  weight: number
}

/** What is asked of a platform. Both load generators run it. */
export interface Scenario {
  name: string
  summary: string
  shares: readonly Share[]
  /** How many actions begin in a second, however long answers take: the open model, unless a number of clients is given. */
  perSecond: number
  /** How long a client waits behind an action before the next one, where a number of clients is given. */
  thinkSeconds: number
  limits: Limits
  /**
   * What else goes on in a second part of the run, which is held against the first: a file is imported. `p95` is how many times as slow as
   * alone requests may be meanwhile.
   */
  beside?: { what: 'import'; p95: number }
}

/** Draws who does what next, by the weights. */
export const drawShare = ({ shares }: Scenario, draw: Draw): Share => {
  let left = draw(shares.reduce((sum, { weight }) => sum + weight, 0))
  for (const share of shares) {
    left -= share.weight
    if (left < 0) return share
  }
  throw new Error('A scenario has shares with weights.')
}
