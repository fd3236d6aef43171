import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  ClienteleError,
  HttpFault,
  type Log,
  type OperationKind,
  parseBody,
  readBody,
  reportRefusal,
  type Span,
  SpanKind,
  setOutcome,
  statusOf,
  traceArrival,
} from '@clientele/kit'
import { answerTooLarge } from '../limits/answer-size.js'
import type { Admission, Caller } from '../limits/caller.js'
import { checkOperation } from '../limits/check-operation.js'
import {
  abandoned,
  createHeavyRequests,
  heavyLimits,
  type Turn,
  tooManyWait,
  waitedTooLong,
} from '../limits/heavy-requests.js'
import { checkVariables, createInspector, type Limits } from '../limits/limits.js'
import { mostOf, type Permitted, type RoleTable } from '../limits/role-table.js'
import { weightOf } from '../limits/weight.js'
import type { GatewayMetrics } from '../metrics/gateway-metrics.js'
import { createOperationNames, otherOperations } from '../metrics/operation-names.js'
import type { TrustedDocuments } from '../operations/trusted-documents.js'
import type { Outcome, RequestScope } from '../subgraphs/subgraph-client.js'
import type { Supergraph } from '../supergraph/supergraph-file.js'
import { answerError } from './answer.js'
import { forwardedHeaders, setCorsHeaders } from './request-headers.js'
import { checkTexts, parametersOfSearch, type RequestParameters, withDocument } from './request-parameters.js'

export interface EndpointOptions {
  supergraph: Supergraph
  admit: Admission
  documents: TrustedDocuments
  limits: Limits
  heavyWaitMs: number
  costBudgets: RoleTable
  introspectionRoles: Permitted
  corsOrigins: readonly string[]
  measuredOperations: readonly string[]
  metrics: GatewayMetrics
  log: Log
}

/** What came of a request, and what it was. */
interface Seen extends Outcome {
  operation: OperationKind
  /** Of the operation, where it is one that may be told. */
  name: string
  tenant: string
}

/** A request that was let in, with its body if it has one. */
interface Admitted {
  requestId: string
  caller: Caller
  turn: Turn
  /** Of the body, or of what is in the address. */
  bytes: number
  /** Aborted when the client leaves before it is answered. */
  gone: AbortSignal
  /** Of the address, without its question mark. */
  search: string
  body: Buffer | undefined
  outcome: Seen
}

/** `/graphql`: who asks, how often, whether it is trusted or small enough; then the supergraph of the moment. The cheapest check comes first. */
export function createGraphQLEndpoint({ supergraph, admit, documents, limits, log, ...o }: EndpointOptions) {
  const inspect = createInspector(limits)
  const nameOf = createOperationNames(o.measuredOperations, documents.has)
  const takeTurn = createHeavyRequests({ ...heavyLimits, waitMs: o.heavyWaitMs }, o.metrics.heavy)

  async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    outcome: Seen,
  ): Promise<void> {
    const caller = await admit(request, response)
    outcome.tenant = caller.turn.tenant
    // Before there is a turn: nobody waits for a client that is slow to send.
    const body = request.method === 'POST' ? await readBody(request, limits.bodyBytes) : undefined
    const gone = new AbortController()
    response.once('close', () => {
      if (!response.writableFinished) gone.abort()
    })
    const turn = takeTurn(caller.turn, gone.signal)
    const [, search = ''] = /\?(.*)$/s.exec(request.url ?? '') ?? []
    const bytes = body?.length ?? search.length
    try {
      await turn.weigh(weightOf({ bytes }))
      await answerTo(request, response, { requestId, caller, turn, bytes, gone: gone.signal, search, body, outcome })
    } finally {
      turn.end()
    }
  }

  async function answerTo(
    request: IncomingMessage,
    response: ServerResponse,
    { requestId, caller, turn, bytes, gone, search, body, outcome }: Admitted,
  ): Promise<void> {
    const sent: RequestParameters = body ? parseBody(body) : parametersOfSearch(search)
    checkVariables(sent.variables, limits)
    checkTexts(sent)
    const parameters = documents.resolve(sent, caller.roles)
    const inspected = typeof parameters.query === 'string' ? inspect(parameters.query) : undefined
    if (inspected) outcome.operation = inspected.operation
    if (inspected) outcome.name = nameOf(parameters.query as string, inspected.name)
    if (inspected) checkOperation(inspected, parameters, caller, o.introspectionRoles)

    let noTurn: unknown
    const scope: RequestScope = {
      requestId,
      headers: forwardedHeaders(request.headers, requestId, caller.address),
      budget: mostOf(o.costBudgets, caller.roles),
      weigh: (cost) =>
        turn.weigh(weightOf({ bytes, cost })).catch((error) => {
          noTurn = error
          throw error
        }),
      tellCost: request.headers['x-clientele-cost'] !== undefined,
      ...(inspected?.operation === 'query' && { signal: gone }),
      outcome,
    }
    const { status, headers, text } = await supergraph.current().serve(
      {
        method: request.method!,
        headers: request.headers,
        ...(request.method === 'POST'
          ? { search: '', body: parameters }
          : { search: parameters === sent ? search : withDocument(search, parameters), body: undefined }),
      },
      scope,
    )
    // Answered here, wherever it was thrown: when to come again is no part of an answer that Apollo forms.
    if (noTurn) throw noTurn
    // What Apollo's executor answers; ours stops while it writes.
    if (text.length > limits.answerCharacters) {
      throw answerTooLarge(limits.answerCharacters, inspected?.operation ?? 'query')
    }
    for (const [name, value] of headers) if (name !== 'cache-control') response.setHeader(name, value)
    response.statusCode = status
    response.end(text)
  }

  async function answerOrRefuse(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    outcome: Seen,
  ): Promise<void> {
    const began = performance.now()
    try {
      await serve(request, response, requestId, outcome)
    } catch (error) {
      request.resume()
      outcome.code = error instanceof ClienteleError ? error.code : 'INTERNAL'
      if (error instanceof ClienteleError && error.code !== 'INTERNAL') outcome.refusedFor = error.reason
      if (error instanceof ClienteleError && error.reason === abandoned) return
      reportRefusal(log, error, requestId)
      if (!(error instanceof ClienteleError)) throw error
      const { code, message, reason, params, fields } = error
      if (code === 'INTERNAL' || code === 'UNAVAILABLE') log.error({ err: error, requestId }, 'request failed')
      if (reason === tooManyWait || reason === waitedTooLong) response.setHeader('retry-after', '1')
      if (code === 'UNAUTHENTICATED') response.setHeader('www-authenticate', challenge(reason))
      const status = error instanceof HttpFault ? error.status : statusOf(code)
      answerError(response, status, { code, message, reason, params, fields, requestId })
    } finally {
      const { operation, name, code, refusedFor } = outcome
      o.metrics.request(operation, name, code, (performance.now() - began) / 1_000)
      if (refusedFor !== undefined) o.metrics.refused(refusedFor)
    }
  }

  return async (request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> => {
    setCorsHeaders(request, response, o.corsOrigins)
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { allow: 'GET, POST, OPTIONS' }).end()
      return
    }
    if (request.method !== 'GET' && request.method !== 'POST') {
      response.setHeader('allow', 'GET, POST')
      return answerError(response, 405, {
        code: 'INVALID',
        message: 'Send GET or POST.',
        reason: 'request.method',
        params: { allowed: 'GET, POST' },
      })
    }
    const outcome: Seen = { operation: 'unknown', name: otherOperations, code: 'OK', tenant: '' }
    const { traceparent } = request.headers
    await traceArrival(traced, typeof traceparent === 'string' ? traceparent : undefined, async (span) => {
      await answerOrRefuse(request, response, requestId, outcome)
      tellSpan(span, outcome, response.statusCode)
    })
  }
}

const traced = { name: 'graphql', kind: SpanKind.SERVER, attributes: { 'clientele.service': 'gateway' } }

function tellSpan(span: Span | undefined, { operation, name, code, tenant, refusedFor }: Seen, status: number): void {
  if (!span?.isRecording()) return
  span.updateName(name === otherOperations ? operation : `${operation} ${name}`)
  span.setAttributes({
    'graphql.operation.type': operation,
    'http.response.status_code': status,
    ...(name !== otherOperations && { 'graphql.operation.name': name }),
    ...(tenant && { 'clientele.tenant': tenant }),
    ...(refusedFor !== undefined && { 'clientele.reason': refusedFor }),
  })
  setOutcome(span, code)
}

const challenge = (reason: string | undefined) =>
  reason === 'token.missing' ? 'Bearer' : 'Bearer error="invalid_token"'
