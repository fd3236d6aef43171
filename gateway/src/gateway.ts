import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  createMetrics,
  drained,
  endLateBodies,
  health,
  type Log,
  listen,
  type Metrics,
  noRequestTimeout,
  type ReadinessCheck,
  type Subgraph,
  setAnswerHeaders,
  trustedProxies,
  type Verifier,
} from '@clientele/kit'
import { type GatewayConfig, withDefaults } from './config.js'
import { answer, answerError } from './http/answer.js'
import { createGraphQLEndpoint } from './http/graphql-endpoint.js'
import { createPlayground } from './http/playground.js'
import { requestIdOf } from './http/request-headers.js'
import { resourceMetadata, resourceMetadataPath } from './http/resource-metadata.js'
import { createAdmission } from './limits/caller.js'
import { createRateLimiter } from './limits/rate-limits.js'
import { createGatewayMetrics } from './metrics/gateway-metrics.js'
import { openTrustedDocuments } from './operations/trusted-documents.js'
import { createSubgraphHealth } from './subgraphs/subgraph-health.js'
import { followSupergraph } from './supergraph/supergraph-file.js'
import { openSupergraphVersion } from './supergraph/supergraph-version.js'

export interface GatewayOptions {
  config: GatewayConfig
  /** Where each subgraph of the supergraph is, by its name. */
  subgraphs: readonly Subgraph[]
  verifier: Verifier
  log: Log
  /** Where it counts and measures; nobody else sees it unless given. */
  metrics?: Metrics
  /** What else this process needs to be ready, by name, where it hosts more than the gateway; each resolves or throws why not. */
  checks?: Record<string, ReadinessCheck>
  /** Answers what else this process serves beside GraphQL; resolves to false for a request that is not for it. */
  beside?: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>
  /** Makes the token that the playground starts with. For development on one machine only. */
  playgroundToken?: () => Promise<string>
}

export interface Gateway {
  url: string
  port: number
  /** Says no on `/readyz`, takes no new connections, lets running requests end, then closes. Does no harm twice. */
  stop(): Promise<void>
}

/** In milliseconds. Kept alive for longer than the usual 60 s of a load balancer, so that it is the balancer that closes. */
const limitsOfConnections = { ...noRequestTimeout, keepAliveTimeout: 65_000 }

/** Starts the gateway. Throws `Unavailable` when the supergraph cannot be loaded, `Invalid` for broken trusted documents, `Conflict` or `Invalid` when the port cannot be had. */
export async function startGateway(o: GatewayOptions): Promise<Gateway> {
  const config = withDefaults(o.config)
  const { log, subgraphs } = o
  const metrics = createGatewayMetrics(o.metrics ?? createMetrics())
  const documents = await openTrustedDocuments({
    file: config.trustedDocumentsFile,
    freeForm: config.freeFormRoles,
    limits: config.limits,
  })
  const proxies = trustedProxies(config.trustedProxies)
  const admit = createAdmission({ verifier: o.verifier, rates: createRateLimiter(config.rateLimits), proxies })
  const supergraph = await followSupergraph({
    file: config.supergraphFile,
    intervalMs: config.reloadIntervalMs,
    open: (sdl) =>
      openSupergraphVersion({
        sdl,
        subgraphs,
        subgraphTimeoutMs: config.subgraphTimeoutMs,
        limits: config.limits,
        suggestions: config.introspectionRoles === '*',
        executor: config.executor,
        cachedOperations: config.cachedOperations,
        metrics,
        log,
      }),
    log,
  })
  const graphql = createGraphQLEndpoint({
    supergraph,
    admit,
    documents,
    limits: config.limits,
    heavyWaitMs: config.heavyWaitMs,
    costBudgets: config.costBudgets,
    introspectionRoles: config.introspectionRoles,
    corsOrigins: config.corsOrigins,
    measuredOperations: config.measuredOperations,
    metrics,
    log,
  })
  const playground = config.playground ? createPlayground({ token: o.playgroundToken }) : async () => false
  const subgraphHealth = createSubgraphHealth(subgraphs)
  const ownHealth = health({ checks: { issuer: o.verifier.ready, ...o.checks } })
  let stopping: Promise<void> | undefined
  let isClosing = false
  const running = new Set<ServerResponse>()

  const server = createServer(limitsOfConnections, async (request, response) => {
    const requestId = requestIdOf(request.headers)
    setAnswerHeaders(response, requestId, config.hstsSeconds)
    running.add(response)
    response.once('close', () => {
      running.delete(response)
      // Not while it drains: a client may just send its next request on what is idle, and is told to close by the answer.
      if (isClosing) setImmediate(() => server.closeIdleConnections())
    })
    if (stopping) response.setHeader('connection', 'close')
    const [path = '/'] = (request.url ?? '/').split('?')
    try {
      if (path === '/graphql') return await graphql(request, response, requestId)
      if (path === resourceMetadataPath) return answer(response, 200, resourceMetadata(request, o.verifier, proxies))
      if (path === '/livez') return answer(response, 200, { status: 'ok' })
      if (path === '/readyz') {
        const [own, subgraphs] = await Promise.all([ownHealth.ready(), subgraphHealth()])
        const status = stopping ? 'stopping' : own.body.status
        // Subgraphs are told but do not decide: without one, the gateway still serves the others.
        const checks = { supergraph: supergraph.version(), subgraphs, ...own.body.checks }
        return answer(response, stopping ? 503 : own.status, { status, checks })
      }
      if (await o.beside?.(request, response)) return
      if (await playground(request, path, response)) return
      answerError(response, 404, { code: 'NOT_FOUND', message: 'There is nothing here. The API is at /graphql.' })
    } catch (error) {
      log.error({ err: error, requestId, path }, 'request failed')
      answerError(response, 500, { code: 'INTERNAL', requestId })
    }
  })

  endLateBodies(server)

  async function close(): Promise<void> {
    isClosing = true
    // So that no client sends its next request on a connection that is about to close.
    for (const response of running) if (!response.headersSent) response.setHeader('connection', 'close')
    const cut = setTimeout(() => server.closeAllConnections(), config.stopTimeoutMs)
    await new Promise((resolve) => server.close(resolve))
    clearTimeout(cut)
    await supergraph.stop()
  }

  try {
    return { ...(await listen(server, config)), stop: () => (stopping ??= drained(config.drainMs, close)) }
  } catch (error) {
    await supergraph.stop()
    throw error
  }
}
