import { AsyncLocalStorage } from 'node:async_hooks'
import { SpanKind } from '@opentelemetry/api'
import { ClienteleError, type Details, type ErrorCode, Unavailable } from '../errors/errors.js'
import type { RequestOrigin } from '../graphql/executor.js'
import type { RequestHeaders } from '../http/requests/contract-headers.js'
import type { Subgraph } from '../http/transport.js'
import type { TimeLimit } from '../postgres/time-limit.js'
import type { Ask } from '../service/context.js'
import { currentTraceparent } from '../tracing/current-span.js'
import { tracePart } from '../tracing/spans.js'

/** How one service reaches the others: their subgraphs, and its own account's token. */
export interface AskOptions {
  subgraph(name: string): Subgraph | undefined
  token(): Promise<string>
  /** Who gives that token. */
  issuer?: string
  /** Throws while the issuer refuses that account. */
  check?(): Promise<string | undefined>
}

// The ORM finds the running transaction in the asynchronous context. In process, the other service must not find the caller's.
const outsideOfTransactions = AsyncLocalStorage.snapshot()

/** Asks as the service's own account, on behalf of one tenant and for the same request; the first error of the answer is thrown with its code. */
export const createAsk =
  (o: AskOptions, tenant: string, origin: RequestOrigin, limit?: TimeLimit): Ask =>
  <T>(service: string, query: string, variables: Record<string, unknown> = {}) =>
    tracePart({ name: `ask ${service}`, kind: SpanKind.CLIENT }, async () => {
      const subgraph = o.subgraph(service)
      if (!subgraph)
        throw new Unavailable(`The ${service} service is not known here.`, {
          reason: 'service.unknown',
          params: { service },
        })
      const traceparent = currentTraceparent() ?? origin.traceparent
      const headers: RequestHeaders = {
        authorization: `Bearer ${await o.token()}`,
        'x-clientele-tenant': tenant,
        'x-request-id': origin.requestId,
        ...(traceparent && { traceparent }),
        ...(origin.acceptLanguage && { 'accept-language': origin.acceptLanguage }),
      }
      const asking = outsideOfTransactions(() => subgraph.execute({ query, variables, headers }))
      const { data, errors } = await (limit?.signal ? limit.wait(asking) : asking)
      const error = errors?.[0]
      if (error) {
        const { code, reason } = (error.extensions ?? {}) as { code?: ErrorCode; reason?: string }
        throw new ClienteleError(code ?? 'INTERNAL', error.message, (reason ? { reason } : {}) as Details)
      }
      return data as T
    })
