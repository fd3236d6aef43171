import type { GraphQLDataSource } from '@apollo/gateway'
import type { Log, Subgraph, SubgraphResponse } from '@clientele/kit'
import { type DocumentNode, type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql'
import { clientError } from './client-error.js'
import { pathsOf } from './fetch-paths.js'

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

type ProcessOptions = Parameters<GraphQLDataSource['process']>[0]
type ProcessResult = Awaited<ReturnType<GraphQLDataSource['process']>>

/**
 * Lets @apollo/gateway fetch from a Subgraph, in process or over HTTP alike. It never throws: the gateway would turn that into an
 * error without a place. Whatever goes wrong is an error with a code of the closed list and the path of each field it left empty.
 */
export class SubgraphSource implements GraphQLDataSource {
  constructor(
    private readonly subgraph: Subgraph,
    private readonly timeoutMs: number,
    private readonly log: Log,
  ) {}

  async process(options: ProcessOptions): Promise<ProcessResult> {
    const { query = '', operationName, variables = {} } = options.request
    const scope = options.context as RequestScope
    const response = await this.ask(query, operationName, variables, scope)
    const faults = isUsable(response, variables)
      ? response.errors
      : (response.errors ?? [this.unavailable('gave no usable answer')])
    if (!faults?.length) return { data: response.data ?? null } as ProcessResult

    let everywhere: ReturnType<typeof pathsOf> | undefined
    const errors = faults.flatMap((fault) => {
      const error = this.forClient(fault, scope)
      if (hasPlace(fault.path, variables)) return [{ ...error, path: fault.path }]
      everywhere ??= 'incomingRequestContext' in options ? pathsOf(fetchOf(options, query, variables)) : []
      return everywhere.length > 0 ? everywhere.map((path) => ({ ...error, path })) : [error]
    })
    const data = isUsable(response, variables) ? response.data : null
    return { data, errors: errors.map(asGraphQLError) } as ProcessResult
  }

  private async ask(
    query: string,
    operationName: string | undefined,
    variables: Record<string, unknown>,
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

/** The gateway throws, without a path, on entities that do not match the representations one by one. */
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

function fetchOf(
  options: Extract<ProcessOptions, { incomingRequestContext: unknown }>,
  query: string,
  variables: Record<string, unknown>,
) {
  const { document, request } = options.incomingRequestContext
  const at = (options.pathInIncomingRequest ?? []) as (string | number)[]
  return { query, variables, client: { document: document as DocumentNode, operationName: request.operationName, at } }
}

const asGraphQLError = ({ message, ...details }: NonNullable<FormattedExecutionResult['errors']>[number]) =>
  new GraphQLError(message, { path: details.path, extensions: details.extensions })
