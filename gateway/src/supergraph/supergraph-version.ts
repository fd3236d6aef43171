import { AsyncLocalStorage } from 'node:async_hooks'
import { ApolloGateway } from '@apollo/gateway'
import { ApolloServer, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { type Log, nameEnumValues, type Subgraph } from '@clientele/kit'
import { disableApolloTelemetry, type ExecutorName } from '../config.js'
import { compiledGateway, type Gateway } from '../executor/compiled-gateway.js'
import { stockGateway } from '../executor/stock-gateway.js'
import { clientError, withoutSuggestion } from '../http/client-error.js'
import { errorPlugin } from '../http/error-plugin.js'
import { createFastPath, type FastPath } from '../http/fast-path.js'
import { type ServedScope, withHandOver } from '../http/hand-over.js'
import { tellOwn } from '../http/tell-own.js'
import { placeWrittenValues } from '../http/written-values.js'
import { createCostWithin, operationLimits } from '../limits/cost-within-budget.js'
import type { Limits } from '../limits/limits.js'
import { guardPlans, plannerSettings } from '../limits/plan-guard.js'
import type { GatewayMetrics } from '../metrics/gateway-metrics.js'
import { refuseKeyAliases } from '../operations/key-aliases.js'
import { createOperationCache } from '../operations/operation-cache.js'
import { type RequestScope, SubgraphClient } from '../subgraphs/subgraph-client.js'
import { SubgraphSource } from '../subgraphs/subgraph-source.js'

/** One supergraph, loaded and ready to plan and execute. A new supergraph is a new version: nothing is shared, so a request that began on the old one ends on it. */
export interface SupergraphVersion {
  /** Answers by Apollo Server. */
  execute(request: HTTPGraphQLRequest, scope: RequestScope): Promise<HTTPGraphQLResponse>
  /** Answers likewise, a cached operation without Apollo Server. */
  serve: FastPath
  /** Waits for the requests in it, then frees it. */
  close(): Promise<void>
}

export interface SupergraphVersionOptions {
  sdl: string
  subgraphs: readonly Subgraph[]
  subgraphTimeoutMs: number
  limits: Limits
  /** Whether an error about a wrong name may suggest a right one, which tells of the schema. */
  suggestions: boolean
  executor: ExecutorName
  /** How many operations are kept to be answered without Apollo Server, where the executor is ours; none unless given. */
  cachedOperations?: number
  metrics?: GatewayMetrics
  log: Log
}

/** Loads a supergraph. Throws when it is not valid, or names a subgraph that this gateway does not know. */
export async function openSupergraphVersion(o: SupergraphVersionOptions): Promise<SupergraphVersion> {
  disableApolloTelemetry()
  const quiet = o.log.child({}, { level: 'warn' })
  const clients = new Map(
    o.subgraphs.map((subgraph) => [
      subgraph.name,
      new SubgraphClient(subgraph, o.subgraphTimeoutMs, o.log, o.metrics?.fetch),
    ]),
  )
  const stock = new ApolloGateway({
    supergraphSdl: o.sdl,
    validateSupergraph: true,
    buildService: ({ name }) => {
      const client = clients.get(name)
      if (!client)
        throw new Error(`The supergraph names the subgraph "${name}", which this gateway has no address for.`)
      return new SubgraphSource(client)
    },
    logger: quiet,
    queryPlannerConfig: plannerSettings,
    experimental_didResolveQueryPlan: guardPlans(o.limits.fetches),
    __exposeQueryPlanExperimental: false,
  })
  const compiled =
    o.executor === 'compiled'
      ? compiledGateway(stock, {
          supergraphSdl: o.sdl,
          clients,
          mostFetches: o.limits.fetches,
          mostCharacters: o.limits.answerCharacters,
        })
      : undefined
  const costWithin = createCostWithin(o.limits, o.sdl)
  const known = createOperationCache({
    limit: o.cachedOperations ?? 0,
    prepare: (...operation) => compiled?.prepare(...operation),
    costWithin,
  })
  const gateway = compiled ? withHandOver(compiled) : stockGateway(stock)
  // Apollo Server does not say for which request it forms an error.
  const requests = new AsyncLocalStorage<RequestScope>()
  const server = new ApolloServer<ServedScope>({
    gateway: o.suggestions ? namingEnumValues(gateway) : gateway,
    introspection: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: o.limits.tokens },
    validationOptions: { hideSuggestions: !o.suggestions, maxErrors: o.limits.documentFaults },
    formatError: (error) => {
      const told = clientError(o.suggestions ? error : withoutSuggestion(error))
      const isOwn = error.extensions?.serviceName === undefined || told.extensions?.code === 'INTERNAL'
      return isOwn ? tellOwn(told, requests.getStore()?.headers ?? {}) : told
    },
    logger: quiet,
    apollo: {},
    plugins: [
      errorPlugin(o.log),
      placeWrittenValues,
      refuseKeyAliases(o.sdl),
      operationLimits(costWithin),
      known.plugin,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  })
  await server.start()

  const execute = (httpGraphQLRequest: HTTPGraphQLRequest, scope: ServedScope) =>
    requests.run(scope, () => server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => scope }))
  const serve = createFastPath({ known, execute, log: o.log })

  let running = 0
  let emptied: (() => void) | undefined
  async function counted<T>(answer: Promise<T>): Promise<T> {
    running++
    try {
      return await answer
    } finally {
      if (--running === 0) emptied?.()
    }
  }

  return {
    execute: (request, scope) => counted(execute(request, scope)),
    serve: (request, scope) => counted(serve(request, scope)),
    async close() {
      if (running > 0) await new Promise<void>((resolve) => (emptied = resolve))
      await server.stop()
    },
  }
}

/** The gateway with a schema whose enums say which values there are. */
const namingEnumValues = (gateway: Gateway): Gateway => ({
  ...gateway,
  onSchemaLoadOrUpdate: (callback) =>
    gateway.onSchemaLoadOrUpdate((loaded) => {
      nameEnumValues(loaded.apiSchema)
      callback(loaded)
    }),
})
