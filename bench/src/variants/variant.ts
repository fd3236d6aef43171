import type { Answer } from '../comparison/answer.js'
import type { ComparedRequest, Comparison } from '../comparison/comparison.js'
import type { Target } from '../load/load.js'
import type { Child } from '../surroundings/child.js'
import type { ServiceSurroundings } from './run-services.js'

/** One way to answer a comparison's query, running. */
export interface Variant {
  name: string
  /** What runs where, in words. */
  label: string
  target: Target
  /** Its own processes, without PostgreSQL. */
  children: readonly Child<unknown>[]
  read(body: string): Answer
  stop(): Promise<void>
}

/** What variants are started with. */
export interface Stage {
  comparison: Comparison
  requests: readonly ComparedRequest[]
  surroundings: ServiceSurroundings
  /** The database with the data of all services. */
  copyUrl: string
  /** Folder of another, built checkout that is `before`. */
  against?: string | undefined
  /** Folder for CPU profiles of `in-process` and `http`. */
  profile?: string | undefined
  /** Where the spans of `traced` go. */
  collector: string
}

/** As many as a service has by default; the same for every variant. */
export const connections = 10

/** What is sent over HTTP: each body as JSON. */
export const requestsOf = (bodies: readonly object[]): Target['requests'] =>
  bodies.map((body) => ({
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  }))
