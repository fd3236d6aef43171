import type { FetchNode } from '@apollo/query-planner'
import type { SubgraphResponse } from '@clientele/kit'
import type { GraphQLError } from 'graphql'
import type { RequestScope } from '../../subgraphs/subgraph-client.js'

/** A JSON object as subgraphs send them. */
export type Json = Record<string, unknown>

/** A fetch of one entity that was sent before the entity was there, with the key that the client gave. */
export interface SpeculativeFetch {
  key: string
  response: Promise<SubgraphResponse | undefined>
}

/** One request while it runs, and the only place of request state: what is compiled is shared by all requests and keeps none. */
export interface Run {
  /** As the client sent them. */
  readonly variables: Json
  readonly scope: RequestScope
  /** What the subgraphs have given so far, in the plan's shape. */
  readonly data: Json
  readonly errors: GraphQLError[]
  /** Whether a `Text` may stand for a part of the data. */
  readonly acceptsText: boolean
  readonly speculative: Map<FetchNode, SpeculativeFetch>
}

/** A compiled part of a plan. It rejects only where a subgraph breaks the schema so that the plan cannot go on. */
export type Step = (run: Run) => Promise<void>

/**
 * A field of a JSON object; never what every object inherits, such as `constructor`, which a client may use as an alias. All of that is
 * functions, which JSON has none of, but for `__proto__`, which is no name here (see `runnable.ts`). Several times as fast as `Object.hasOwn`.
 */
export function own(object: object, name: string): unknown {
  const value = (object as Json)[name]
  return typeof value === 'function' ? undefined : value
}
