import type { Role } from '@clientele/k6'
import { type Child, startChild } from '../surroundings/child.js'
import type { Model } from './arrivals.js'
import type { Measured } from './measured.js'

/** Where a token comes from. */
export type TokenSource = { token: string } | { issuer: string; clientId: string; clientSecret: string }

/** Somebody who asks. */
export interface Person {
  /** Undefined where one account stands for every role. */
  role: Role | undefined
  source: TokenSource
}

/** What the load generator's process is told first. */
export interface Sending {
  scenario: string
  /** Of the gateway, without a path. */
  url: string
  people: readonly Person[]
}

export interface Turn {
  model: Model
  seconds: number
  seed: number
}

/** The load generator, in a process of its own. */
export interface Sender {
  run(turn: Turn): Promise<Measured>
  stop(): Promise<void>
}

/** Starts the load generator; everybody who asks has read then whom they may ask about. Rejects where somebody cannot, or sees no customers. */
export const startSender = async (sending: Sending): Promise<Sender> => {
  const { ask, stop }: Child<void> = await startChild<void>('scenario/sender-process', sending)
  return { run: (turn) => ask<Measured>(turn), stop }
}
