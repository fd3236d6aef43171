import type { GraphQLFormattedError } from 'graphql'

/** One GraphQL operation on its way from the gateway to a subgraph; header names are lower case. */
export interface SubgraphRequest {
  query: string
  operationName?: string
  variables?: Record<string, unknown>
  headers: Record<string, string>
  signal?: AbortSignal
}

export interface SubgraphResponse {
  data?: Record<string, unknown> | null
  errors?: readonly GraphQLFormattedError[]
}

/** A subgraph as the gateway sees it, whichever transport stands between. `execute` never rejects: what goes wrong is in `errors`. */
export interface Subgraph {
  name: string
  execute(request: SubgraphRequest): Promise<SubgraphResponse>
  /** Whether it answers at all, asked without a token; one in this process does and has none. */
  probe?(signal: AbortSignal): Promise<boolean>
}
