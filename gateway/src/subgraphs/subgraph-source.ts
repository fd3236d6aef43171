import type { GraphQLDataSource } from '@apollo/gateway'
import { type DocumentNode, GraphQLError, type GraphQLFormattedError } from 'graphql'
import { pathsOf } from './fetch-paths.js'
import type { RequestScope, SubgraphClient } from './subgraph-client.js'

type ProcessOptions = Parameters<GraphQLDataSource['process']>[0]
type ProcessResult = Awaited<ReturnType<GraphQLDataSource['process']>>

/** Lets @apollo/gateway ask a subgraph. It never throws: the gateway would turn that into an error without a place. */
export class SubgraphSource implements GraphQLDataSource {
  constructor(private readonly client: SubgraphClient) {}

  async process(options: ProcessOptions): Promise<ProcessResult> {
    const { query = '', operationName, variables = {} } = options.request
    const holes = () => ('incomingRequestContext' in options ? pathsOf(fetchOf(options, query, variables)) : [])
    const { data, errors } = await this.client.ask(
      { query, operationName, variables },
      options.context as RequestScope,
      holes,
    )
    return { data, ...(errors.length > 0 && { errors: errors.map(asGraphQLError) }) } as ProcessResult
  }
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

const asGraphQLError = ({ message, path, extensions }: GraphQLFormattedError) =>
  new GraphQLError(message, { path, extensions })
