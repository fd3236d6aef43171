import type { IncomingMessage, ServerResponse } from 'node:http'
import { bearerToken, ClienteleError, Invalid, type Log, Unauthenticated, type Verifier } from '@clientele/kit'
import { answerError } from './answer.js'
import { readJson, statusOfBodyFault } from './body.js'
import { statusOf } from './client-error.js'
import { checkVariables, createInspector, type Inspected, type Limits } from './limits.js'
import { apolloHeaders, forwardedHeaders, setCorsHeaders } from './request-headers.js'
import type { Supergraph } from './supergraph-file.js'

export interface EndpointOptions {
  supergraph: Supergraph
  verifier: Verifier
  limits: Limits
  corsOrigins: readonly string[]
  log: Log
}

/** `/graphql`: who asks, whether it is small enough, then the supergraph of the moment. */
export function createGraphQLEndpoint({ supergraph, verifier, limits, corsOrigins, log }: EndpointOptions) {
  const inspect = createInspector(limits)

  /** A bad token is refused; none at all is left to the subgraphs, as some operations are public. */
  async function authenticate({ headers }: IncomingMessage): Promise<boolean> {
    if (headers.authorization === undefined) return false
    const tenant = headers['x-clientele-tenant']
    await verifier.verify(bearerToken(headers.authorization), typeof tenant === 'string' ? { tenant } : undefined)
    return true
  }

  async function serve(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const known = await authenticate(request)
    const body = request.method === 'POST' ? await readJson(request, limits.bodyBytes) : undefined
    const [, search = ''] = /\?(.*)$/s.exec(request.url ?? '') ?? []
    const asked = body ?? fromSearch(search)
    checkVariables(asked.variables, limits)
    const inspected = typeof asked.query === 'string' ? inspect(asked.query) : undefined
    if (inspected) checkOperation(inspected, asked, known)

    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const {
      status = 200,
      headers,
      body: reply,
    } = await supergraph.current().execute(
      { method: request.method!, headers: apolloHeaders(request.headers), search, body },
      {
        requestId,
        headers: forwardedHeaders(request.headers, requestId),
        ...(inspected?.operation === 'query' && { signal: gone.signal }),
      },
    )
    for (const [name, value] of headers) if (name !== 'cache-control') response.setHeader(name, value)
    response.statusCode = status
    response.end(reply.kind === 'complete' ? reply.string : undefined)
  }

  return async (request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> => {
    setCorsHeaders(request, response, corsOrigins)
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { allow: 'GET, POST, OPTIONS' }).end()
      return
    }
    if (request.method !== 'GET' && request.method !== 'POST') {
      response.setHeader('allow', 'GET, POST')
      return answerError(response, 405, { code: 'INVALID', message: 'Send GET or POST.', reason: 'request.method' })
    }
    try {
      await serve(request, response, requestId)
    } catch (error) {
      request.resume()
      if (!(error instanceof ClienteleError)) throw error
      const { code, message, reason } = error
      if (code === 'INTERNAL') log.error({ err: error, requestId }, 'request failed')
      if (code === 'UNAUTHENTICATED') response.setHeader('www-authenticate', challenge(reason))
      answerError(response, statusOfBodyFault(reason) ?? statusOf(code), { code, message, reason, requestId })
    }
  }
}

function checkOperation(inspected: Inspected, asked: Record<string, unknown>, known: boolean): void {
  const { operation, name, introspects, conditions } = inspected
  const { operationName, variables } = asked
  if (typeof operationName === 'string' && operationName !== '' && operationName !== name) {
    throw new Invalid('The document has no operation of the name in "operationName".', { reason: 'operation.unknown' })
  }
  if (operation === 'subscription') {
    throw new Invalid('Subscriptions are not served here; send a query or a mutation.', {
      reason: 'operation.subscription',
    })
  }
  // Allowed by the types when the variable has a default, but the planner fails on it.
  const empty = conditions.find((condition) => Object(variables)[condition] === null)
  if (empty !== undefined) {
    const message = `Variable "$${empty}" decides on @skip or @include and must not be null.`
    throw new Invalid(message, { reason: 'variables.invalid' })
  }
  if (introspects && !known) {
    throw new Unauthenticated('Reading the schema needs a bearer token.', { reason: 'token.missing' })
  }
}

/** The parts of a GET request that are measured; Apollo Server reads and checks them again. */
function fromSearch(search: string): Record<string, unknown> {
  const parameters = new URLSearchParams(search)
  const variables = parameters.get('variables')
  return {
    query: parameters.get('query'),
    operationName: parameters.get('operationName'),
    variables: variables === null ? undefined : parsed(variables),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const challenge = (reason: string | undefined) =>
  reason === 'token.missing' ? 'Bearer' : 'Bearer error="invalid_token"'
