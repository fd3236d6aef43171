import { cloudEvent, normalizeLine, normalizeText } from '@clientele/contracts'
import { SpanKind } from '@opentelemetry/api'
import { type ExecutionArgs, execute, GraphQLError, type GraphQLSchema, getOperationAST, Kind } from 'graphql'
import type { AuditTrail, RequestTrail } from '../audit/audit-trail.js'
import { circumstancesOf } from '../audit/request-circumstances.js'
import { withheld, withoutShown } from '../audit/withheld.js'
import { anonymous } from '../auth/actor.js'
import { reportRefusal } from '../auth/token-refusal.js'
import { type Actor, bearerToken, type Verifier } from '../auth/verify-token.js'
import type { Log } from '../config/log.js'
import { answerErrors } from '../errors/answer-errors.js'
import { Invalid, Unauthenticated, Unavailable } from '../errors/errors.js'
import { expectedError } from '../errors/map-error.js'
import { headerOf } from '../http/requests/contract-headers.js'
import { requestIdOf } from '../http/requests/request-id.js'
import type { Subgraph, SubgraphRequest, SubgraphResponse } from '../http/transport.js'
import { type Translations, tellAnswer } from '../messages/messages.js'
import type { OperationKind, ServiceMetrics } from '../metrics/service-metrics.js'
import type { Context } from '../service/context.js'
import { dataText, type QueryCompiler } from '../service/query-compiler.js'
import { currentTraceparent } from '../tracing/current-span.js'
import { setOutcome, traceArrival } from '../tracing/spans.js'
import { createKnownDocuments } from './known-documents.js'
import { readTexts } from './request-texts.js'
import { variableErrors } from './variable-errors.js'

/** Where a request comes from, beside its actor. */
export interface RequestOrigin {
  requestId: string
  traceparent?: string
  changeOrigin?: string
  /** What the caller says it is for. */
  purpose?: string
  /** The client's IP address, as the gateway saw it. */
  address?: string
  /** In which language messages are told, as `Accept-Language` has it. */
  acceptLanguage?: string
}

interface Options {
  name: string
  schema: GraphQLSchema
  verifier: Verifier
  publicFields: ReadonlySet<string>
  newTrail(): RequestTrail
  context(actor: Actor, origin: RequestOrigin, trail: RequestTrail): Context
  /** Writes what the request has shown and was refused; where it rejects, nothing is answered. */
  writeTrail(trail: RequestTrail, origin: RequestOrigin): Promise<void>
  /** Answers queries without resolvers, where it can. */
  queryCompiler?: QueryCompiler | undefined
  translations: Translations
  /** Told of each operation that was answered; the outcome is OK or the code of its first error. */
  observe?: ServiceMetrics['operation'] | undefined
  now(): Date
  log: Log
}

/** To a speculative fetch that would need resolvers, which write down what they show and refuse. */
const unanswered: SubgraphResponse = {
  errors: [
    { message: 'This is no plain read.', extensions: { code: 'UNAVAILABLE', reason: 'speculative.unanswered' } },
  ],
}

/** Executes operations of one subgraph: verified actor, one read transaction per query, one form of errors. */
export const createSubgraph = (o: Options): Subgraph => {
  const documentOf = createKnownDocuments(o.schema)

  const answer = async (request: SubgraphRequest, origin: RequestOrigin, seen: Seen): Promise<SubgraphResponse> => {
    const actor = await authenticate(request)
    const { document, errors, operation: operationOf } = documentOf(request.query)
    const operation = operationOf(request.operationName)
    if (operation) seen.operation = operation.type
    // What is wrong with a document tells of the schema, and is for those only who may know it.
    const isPublic =
      operation && errors.length === 0 && operation.rootFields.every((field) => o.publicFields.has(field))
    if (!actor && !isPublic) {
      throw new Unauthenticated('This needs a bearer token.', { reason: 'token.missing' })
    }
    if (!document || errors.length) return { errors: answerErrors(errors, origin.requestId, o.log) }
    if (!operation) throw new Invalid('The request names no operation of its document.', { reason: 'query.operation' })
    if (request.signal?.aborted)
      throw new Unavailable('Nobody waits for the answer any more.', { reason: 'request.abandoned' })
    operation.checkInput(request.variables ?? {})
    // What is read is looked up by names, keys and codes; what is written may have several lines.
    const variables = readTexts(request.variables ?? {}, operation.type === 'query' ? normalizeLine : normalizeText)
    // Public fields read as whom their own token names, which only their resolvers know.
    const isRead = operation.type === 'query' && !isPublic
    if (isRead && actor && o.queryCompiler) {
      const text = await o.queryCompiler.read({ ...request, document, variables }, actor, o.now())
      if (text) return request.acceptsText ? { text } : { data: JSON.parse(dataText(text)) }
    }
    if (request.isSpeculative) return unanswered
    const trail = o.newTrail()
    const ctx = o.context(actor ?? anonymous, origin, trail)
    // A public field's own tenant would need a second connection, and could starve the pool.
    if (isRead) await ctx.em.begin({ readOnly: true })
    const result = await execution({
      schema: o.schema,
      document,
      contextValue: ctx,
      variableValues: variables,
      operationName: request.operationName,
    }).finally(async () => {
      if (isRead) await ctx.em.rollback().catch(() => {})
    })
    noteRefusals(ctx.trail, result.errors)
    const answered: SubgraphResponse = {
      ...('data' in result && { data: result.data as Record<string, unknown> }),
      ...(result.errors && { errors: answerErrors(result.errors, origin.requestId, o.log) }),
    }
    if (await isWritten(trail, origin)) return answered
    // What a mutation has done is done, and is told; what it would show is not.
    return operation.type === 'mutation' ? withoutShown(answered, trail.shownAt) : { errors: [withheld()] }
  }

  const isWritten = (trail: RequestTrail, origin: RequestOrigin) =>
    o.writeTrail(trail, origin).then(
      () => true,
      (cause: unknown) => {
        o.log.error(
          { err: cause, requestId: origin.requestId },
          'the audit log could not be written: values are withheld',
        )
        return false
      },
    )

  const authenticate = async ({ headers }: SubgraphRequest) => {
    if (headers.authorization === undefined) return undefined
    const tenant = headerOf(headers, 'x-clientele-tenant')
    return o.verifier.verify(bearerToken(headers.authorization), tenant ? { tenant } : {})
  }

  const executed = async (request: SubgraphRequest, seen: Seen): Promise<SubgraphResponse> => {
    const { headers } = request
    const known = origins.get(headers)
    let origin = known ?? originOf(headers)
    try {
      if (!known) {
        origin = { ...origin, ...circumstancesOf(headers) }
        if (origin.requestId === headerOf(headers, 'x-request-id')) origins.set(headers, origin)
      }
      return await answer(request, origin, seen)
    } catch (error) {
      reportRefusal(o.log, error, origin.requestId)
      const wrapped = new GraphQLError('', { originalError: error as Error })
      return { errors: answerErrors([wrapped], origin.requestId, o.log) }
    }
  }

  const traced = { name: o.name, kind: SpanKind.SERVER, attributes: { 'clientele.service': o.name } }

  return {
    name: o.name,
    execute: (request) =>
      traceArrival(traced, headerOf(request.headers, 'traceparent'), async (span) => {
        const seen: Seen = { operation: 'unknown' }
        const began = performance.now()
        const answered = await executed(request, seen)
        const outcome = outcomeOf(answered)
        if (!request.isSpeculative) o.observe?.(seen.operation, outcome, (performance.now() - began) / 1_000)
        span?.setAttribute('graphql.operation.type', seen.operation)
        // What needs resolvers is asked for again, and is no fault.
        setOutcome(span, request.isSpeculative && outcome !== 'OK' ? 'NOT_SPECULATIVE' : outcome)
        return tellAnswer(answered, request.headers, o.translations)
      }),
  }
}

interface Seen {
  operation: OperationKind
}

const outcomeOf = ({ errors }: SubgraphResponse) => String(errors?.[0]?.extensions?.code ?? 'OK')

/** What is wrong with variables is told with the fields; without data nothing has run. */
const execution = async (args: ExecutionArgs) => {
  const result = await execute(args)
  if ('data' in result) return result
  const operation = getOperationAST(args.document, args.operationName)
  const errors = operation && variableErrors(args.schema, operation, args.variableValues ?? {})
  return errors ? { errors } : result
}

/** What was refused by an error; what was left out as if it were not there, the trail knows already. */
const noteRefusals = (trail: AuditTrail, errors: readonly GraphQLError[] = []) => {
  for (const error of errors) {
    const expected = expectedError(error.originalError)
    if (expected?.code !== 'FORBIDDEN') continue
    const field = error.nodes?.find((node) => node.kind === Kind.FIELD)
    trail.denied({ action: field?.name.value ?? 'unknown', reason: expected.reason ?? 'role' })
  }
}

/** Of the headers of one request, with which the gateway asks all subgraphs that are in its process. */
const origins = new WeakMap<SubgraphRequest['headers'], RequestOrigin>()

// What comes in here ends up in events, whose contract is strict: an id that does not fit is replaced, a trace dropped.
const originOf = (headers: SubgraphRequest['headers']): RequestOrigin => {
  const traceparent = currentTraceparent() ?? headerOf(headers, 'traceparent')
  const acceptLanguage = headerOf(headers, 'accept-language')
  return {
    requestId: requestIdOf(headerOf(headers, 'x-request-id')),
    ...(traceparent && cloudEvent.shape.traceparent.safeParse(traceparent).success && { traceparent }),
    ...(acceptLanguage && { acceptLanguage }),
  }
}
