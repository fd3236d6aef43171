import type { GraphQLFormattedError } from 'graphql'
import type { DataText } from '../service/query-compiler.js'
import type { ContractHeader } from './requests/contract-headers.js'

/** How `isSpeculative` travels over HTTP. */
export const speculativeHeader = 'x-clientele-speculative' satisfies ContractHeader

/** One GraphQL operation on its way from the gateway to a subgraph; header names are lower case. */
export interface SubgraphRequest {
  query: string
  operationName?: string
  variables?: Record<string, unknown>
  headers: Record<string, string>
  signal?: AbortSignal
  /** Whether the data may be answered as `text`. */
  acceptsText?: boolean
  /** Whether the answer may turn out not to be needed: it is given by a plain read that leaves no trace, or else with an error. */
  isSpeculative?: boolean
}

export interface SubgraphResponse {
  data?: Record<string, unknown> | null
  errors?: readonly GraphQLFormattedError[]
  /** In the stead of `data`, to whom accepts it: the same as JSON texts. */
  text?: DataText
}

/** A subgraph as the gateway sees it, whichever transport stands between. `execute` never rejects: what goes wrong is in `errors`. */
export interface Subgraph {
  name: string
  execute(request: SubgraphRequest): Promise<SubgraphResponse>
  /** Whether it answers at all, asked without a token; one in this process does and has none. */
  probe?(signal: AbortSignal): Promise<boolean>
}
