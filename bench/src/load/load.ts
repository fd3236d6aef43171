import { startChild } from '../surroundings/child.js'

/** How one variant is asked and how its answers are read. */
export interface Target {
  name: string
  url: string
  /** What to send, for each request of the comparison. */
  requests: { headers: Record<string, string>; body: string }[]
  /** A field that stands once in the query of each body, and can be given an alias; none where no query is sent. */
  aliased?: string
}

/** What a round of load measured. Times are in milliseconds. */
export interface Measured {
  requests: number
  /** How many of them had a query that was never asked before. */
  distinct: number
  seconds: number
  p50: number
  p95: number
}

export interface RoundOptions {
  target: string
  seconds: number
  concurrency: number
  /** Which requests are sent, in which order. */
  round: number
  /** One request in so many has a query of its own; none unless given. */
  distinctEvery?: number
}

export type LoadMessage =
  | { kind: 'open' }
  | { kind: 'target'; target: Target }
  | { kind: 'answers'; target: string; concurrency: number; count: number }
  | ({ kind: 'round' } & RoundOptions)

/** Sends requests from a process of its own and compares every answer with the one that was found right. */
export interface Load {
  pid: number
  add(target: Target): Promise<void>
  /** The bodies that answer the first `count` requests. From here on an answer that differs from them fails its round. */
  answers(target: string, concurrency: number, count: number): Promise<string[]>
  round(options: RoundOptions): Promise<Measured>
  stop(): Promise<void>
}

export const startLoad = async (): Promise<Load> => {
  const { pid, ask, stop } = await startChild('load/load-process', { kind: 'open' } satisfies LoadMessage)
  const send = <T>(message: LoadMessage) => ask<T>(message)
  return {
    pid,
    add: (target) => send({ kind: 'target', target }),
    answers: (target, concurrency, count) => send({ kind: 'answers', target, concurrency, count }),
    round: (options) => send({ kind: 'round', ...options }),
    stop,
  }
}
