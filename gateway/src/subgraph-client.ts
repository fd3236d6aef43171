import type { Log, Subgraph, SubgraphResponse } from '@clientele/kit'
import type { GraphQLFormattedError } from 'graphql'
import { clientError } from './client-error.js'

/** What travels with one client request to every subgraph it touches. */
export interface RequestScope {
  requestId: string
  /** Headers that subgraphs get, names in lower case. */
  headers: Record<string, string>
  /** What the request may cost at most. */
  budget: number
  /** Whether the answer's extensions shall tell what it cost. */
  tellCost: boolean
  /** Aborted when the client has gone; not given for mutations, which run to their end. */
  signal?: AbortSignal
}

/** One operation for a subgraph. With `representations` among the variables it asks for entities. */
export interface SubgraphOperation {
  query: string
  operationName?: string | undefined
  variables: Record<string, unknown>
}

export interface SubgraphAnswer {
  data: Record<string, unknown> | null
  /** In the subgraph's own terms: `['customer']`, or `['_entities', 2, 'visits']`. */
  errors: readonly GraphQLFormattedError[]
}

/**
 * The gateway's one way to ask a subgraph, in process or over HTTP alike. It never throws. Whatever goes wrong is an error with a code of
 * the closed list and the path of each field it left empty.
 */
export class SubgraphClient {
  constructor(
    private readonly subgraph: Subgraph,
    private readonly timeoutMs: number,
    private readonly log: Log,
  ) {}

  /** Asks, and tells an error that has no place once for each of the holes it leaves; they are looked for only then. */
  async ask(
    operation: SubgraphOperation,
    scope: RequestScope,
    holes: () => readonly (readonly (string | number)[])[],
  ): Promise<SubgraphAnswer> {
    const { variables } = operation
    const response = await this.send(operation, scope)
    const usable = isUsable(response, variables)
    const faults = usable ? response.errors : (response.errors ?? [this.unavailable('gave no usable answer')])
    const data = usable ? (response.data ?? null) : null
    if (!faults?.length) return { data, errors: [] }

    let everywhere: ReturnType<typeof holes> | undefined
    const errors = faults.flatMap((fault) => {
      const error = this.forClient(fault, scope)
      if (hasPlace(fault.path, variables)) return [{ ...error, path: fault.path! }]
      everywhere ??= holes()
      return everywhere.length > 0 ? everywhere.map((path) => ({ ...error, path })) : [error]
    })
    return { data, errors }
  }

  private async send(
    { query, operationName, variables }: SubgraphOperation,
    scope: RequestScope,
  ): Promise<SubgraphResponse> {
    const abort = new AbortController()
    const { promise: givenUp, resolve } = Promise.withResolvers<SubgraphResponse>()
    const giveUp = () => {
      abort.abort()
      resolve({ errors: [this.unavailable('did not answer in time')] })
    }
    const timer = setTimeout(giveUp, this.timeoutMs)
    scope.signal?.addEventListener('abort', giveUp, { once: true })
    if (scope.signal?.aborted) giveUp()
    try {
      const request = { query, variables, headers: scope.headers, signal: abort.signal }
      return await Promise.race([
        this.subgraph.execute(operationName ? { ...request, operationName } : request),
        givenUp,
      ])
    } catch (cause) {
      this.log.error(
        { err: cause, subgraph: this.subgraph.name, requestId: scope.requestId },
        'subgraph transport threw',
      )
      return { errors: [this.unavailable('is not available')] }
    } finally {
      clearTimeout(timer)
      scope.signal?.removeEventListener('abort', giveUp)
    }
  }

  private unavailable(why: string): GraphQLFormattedError {
    const { name } = this.subgraph
    return { message: `The ${name} service ${why}.`, extensions: { code: 'UNAVAILABLE', service: name } }
  }

  private forClient(fault: GraphQLFormattedError, { requestId }: RequestScope): GraphQLFormattedError {
    const code = fault.extensions?.code
    // A subgraph that refuses a document which we planned is our fault, not the caller's.
    const error =
      code === 'GRAPHQL_VALIDATION_FAILED' || code === 'GRAPHQL_PARSE_FAILED'
        ? clientError({ message: fault.message }, requestId)
        : clientError(fault, requestId)
    if (error.extensions?.code === 'INTERNAL') {
      const { message, path, extensions } = fault
      this.log.error(
        { subgraph: this.subgraph.name, requestId, message, path, extensions },
        'subgraph answered with an error',
      )
    }
    return error
  }
}

/** The stock executor throws, without a path, on entities that do not match the representations one by one. */
function isUsable(response: SubgraphResponse, variables: Record<string, unknown>): boolean {
  const { data } = response
  if (data === null || data === undefined) return response.errors !== undefined && response.errors.length > 0
  if (typeof data !== 'object' || Array.isArray(data)) return false
  const { representations } = variables
  if (!Array.isArray(representations)) return true
  return Array.isArray(data._entities) && data._entities.length === representations.length
}

/** An error at `_entities` as a whole has no place in the client's operation. */
function hasPlace(path: GraphQLFormattedError['path'], variables: Record<string, unknown>): boolean {
  if (!path?.length) return false
  return !Array.isArray(variables.representations) || (path[0] === '_entities' && typeof path[1] === 'number')
}
