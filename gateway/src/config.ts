import { adminRole } from '@clientele/contracts'
import {
  drainMs,
  type Environment,
  flag,
  list,
  loadConfig,
  metricsPortSettings,
  peerSettings,
  peerUrls,
  port,
  proxies,
  type TracingSettings,
  tracingSettings,
  url,
  variablesOf,
  whole,
  words,
} from '@clientele/kit'
import { z } from 'zod'
import { heavyLimits } from './limits/heavy-requests.js'
import { defaultCostBudgets, defaultLimits, type Limits } from './limits/limits.js'
import { defaultRateLimits, type RateLimits } from './limits/rate-limits.js'
import type { Permitted, RoleTable } from './limits/role-table.js'
import { committedSupergraph } from './supergraph/committed-supergraph.js'
import { subgraphNames } from './supergraph/subgraph-names.js'

/** Who runs the plans: Apollo's executor, or ours, which compiles them once (see `executor/README.md`). */
export type ExecutorName = 'stock' | 'compiled'

/** How a gateway is set up. Only the port has to be said; 0 lets the system choose. */
export interface GatewayConfig {
  port: number
  /** Interface to listen on; 127.0.0.1 unless given. */
  host?: string
  /** The supergraph to serve and follow; the committed one unless given. */
  supergraphFile?: string
  /** How often to look at the supergraph file; 1,000 ms unless given. */
  reloadIntervalMs?: number
  /** How long a subgraph may take for one fetch before its fields are UNAVAILABLE; 10,000 ms unless given. */
  subgraphTimeoutMs?: number
  /** How long a heavy request may wait for its turn before it is UNAVAILABLE; 10,000 ms unless given. */
  heavyWaitMs?: number
  /** How long a stop waits for running requests before it cuts them off; 20,000 ms unless given. */
  stopTimeoutMs?: number
  /** How long `/readyz` says no before a stop closes the port, so that load balancers notice; 0 ms unless given. */
  drainMs?: number
  /** Origins that browsers may call from; none unless given. */
  corsOrigins?: readonly string[]
  /** Whether `/` shows GraphiQL to browsers; off unless given. */
  playground?: boolean
  limits?: Partial<Limits>
  /** What one request may cost, by role. */
  costBudgets?: RoleTable
  /** Who may read the schema, a token provided; everybody unless given. Names are suggested in errors only where everybody may. */
  introspectionRoles?: Permitted
  /** Manifest of trusted documents; none unless given. */
  trustedDocumentsFile?: string
  /** Who may send documents that are not in the manifest; everybody unless given. */
  freeFormRoles?: Permitted
  /** Requests a minute, by role; not limited unless given. */
  rateLimits?: RateLimits
  /** Addresses and subnets of proxies whose `X-Forwarded-For` is believed; none unless given. */
  trustedProxies?: readonly string[]
  /** For how long browsers shall come by HTTPS only, in seconds; 0, which says nothing of it, unless given. */
  hstsSeconds?: number
  /** Compiled unless given. */
  executor?: ExecutorName
  /** Names of operations that are counted each on their own, beside those of trusted documents; Customer360 unless given. */
  measuredOperations?: readonly string[]
  /** Operations kept to be answered without Apollo Server where the executor is ours; 1,000 unless given, 0 for none. */
  cachedOperations?: number
}

export const defaults = {
  host: '127.0.0.1',
  supergraphFile: committedSupergraph,
  reloadIntervalMs: 1_000,
  subgraphTimeoutMs: 10_000,
  heavyWaitMs: heavyLimits.waitMs,
  stopTimeoutMs: 20_000,
  drainMs: 0,
  corsOrigins: [] as readonly string[],
  playground: false,
  costBudgets: defaultCostBudgets,
  introspectionRoles: '*' as Permitted,
  freeFormRoles: '*' as Permitted,
  trustedProxies: [] as readonly string[],
  hstsSeconds: 0,
  executor: 'compiled' as ExecutorName,
  cachedOperations: 1_000,
  measuredOperations: ['Customer360'] as readonly string[],
}

export const withDefaults = (config: GatewayConfig) => ({
  ...defaults,
  ...config,
  limits: { ...defaultLimits, ...config.limits },
})

const origins = () =>
  list((origin) => URL.canParse(origin) && new URL(origin).origin === origin).describe(
    'origins such as https://app.example.com, with commas between them',
  )

/** `*` is everybody, `none` nobody. */
const permitted = () =>
  z
    .string()
    .transform((text): Permitted => (text.trim() === '*' ? '*' : words(text).filter((role) => role !== 'none')))
    .refine((roles) => roles === '*' || !roles.includes('*'), 'not such a list')
    .describe('roles with commas between them, * for everybody or none for nobody')

/** `sales=100,default=50`: what is not named stays as it is. */
const roleTable = (usual: RoleTable) =>
  z
    .string()
    .transform(words)
    .refine((entries) => entries.every((entry) => /^[^=]+=[1-9]\d{0,8}$/.test(entry)), 'not such a list')
    .transform((entries): RoleTable => {
      const given = entries.map((entry) => [entry.slice(0, entry.indexOf('=')).trim(), Number(entry.split('=')[1])])
      return { ...usual, ...Object.fromEntries(given) }
    })
    .describe('numbers by role such as default=1200,sales=600, each from 1 to 999999999')

const rates = () => z.union([z.literal('off').transform(() => undefined), roleTable(defaultRateLimits)])

const operationNames = () =>
  list((name) => /^[A-Za-z_]\w{0,99}$/.test(name))
    .refine((names) => names.length <= 100, 'too many')
    .describe('at most 100 names of operations, with commas between them')

const edge = z.object({
  corsOrigins: origins().optional(),
  playground: flag().optional(),
  subgraphTimeoutMs: whole(10, 120_000).default(defaults.subgraphTimeoutMs),
  heavyWaitMs: whole(10, 120_000).default(defaults.heavyWaitMs),
  costBudgets: roleTable(defaults.costBudgets).default(defaults.costBudgets),
  introspectionRoles: permitted().optional(),
  trustedDocumentsFile: z.string().optional(),
  freeFormRoles: permitted().optional(),
  rateLimits: rates().describe('off, or numbers by role such as default=1200,client:erp=6000').optional(),
  trustedProxies: proxies().default([]),
  hstsSeconds: whole(0, 63_072_000).default(0),
  drainMs: drainMs(),
  measuredOperations: operationNames().default([...defaults.measuredOperations]),
  gatewayExecutor: z.enum(['stock', 'compiled']).default(defaults.executor),
})

const variables = edge.extend({
  ...metricsPortSettings.shape,
  ...tracingSettings.shape,
  port: port().default(4000),
  host: z.string().default(defaults.host),
  supergraphFile: z.string().default(committedSupergraph),
  oidcIssuerUrl: url(),
  oidcAudience: z.string().describe('the audience that access tokens must name'),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

/** The variables that a gateway inside another process reads. */
export const edgeVariables = (): string[] => [...variablesOf(edge), 'NODE_ENV']

/** The variables that the stand-alone process reads. */
export const processVariables = (env: Environment = process.env): string[] => [
  ...variablesOf(variables, peerSettings({}, subgraphNames(supergraphFileOf(env)))),
  'NODE_ENV',
]

const supergraphFileOf = (env: Environment) => env.SUPERGRAPH_FILE?.trim() || committedSupergraph

/** What the stand-alone process needs. */
export interface ProcessConfig {
  gateway: GatewayConfig
  subgraphs: readonly { name: string; url: string }[]
  issuer: string
  audience: string
  logLevel: z.output<typeof variables>['logLevel']
  /** Where metrics are served, on a port that has nothing else; nowhere unless given. */
  metricsPort: number | undefined
  tracing: TracingSettings
}

/** Reads the environment of the stand-alone process: where each subgraph of the supergraph is, and the rest. Throws one ConfigError that lists all faults. */
export function readProcessConfig(env: Environment = process.env): ProcessConfig {
  const names = subgraphNames(supergraphFileOf(env))
  const subgraphs = peerSettings({}, names).shape
  const config = loadConfig(variables.extend(subgraphs), env)
  const { oidcIssuerUrl, oidcAudience, logLevel, METRICS_PORT: metricsPort, ...rest } = config
  const isElsewhere = (name: string) => name in subgraphs || name in tracingSettings.shape
  const gateway = Object.fromEntries(Object.entries(rest).filter(([name]) => !isElsewhere(name))) as typeof rest
  return {
    gateway: withEdge(gateway, env),
    subgraphs: peerUrls(config).map(([name, url]) => ({ name, url })),
    issuer: oidcIssuerUrl,
    audience: oidcAudience,
    logLevel,
    metricsPort,
    tracing: config,
  }
}

/** Reads what does not depend on where services are, for a gateway inside another process. Throws one ConfigError that lists all faults. */
export function readEdge(env: Environment = process.env): Omit<GatewayConfig, 'port'> {
  return withEdge(loadConfig(edge, env), env)
}

/** What is open in development and closed in production, unless it is said. */
function withEdge<Given extends z.output<typeof edge>>(given: Given, env: Environment) {
  const production = env.NODE_ENV === 'production'
  const { trustedDocumentsFile, rateLimits, gatewayExecutor, ...rest } = given
  const limited = env.RATE_LIMITS?.trim() ? rateLimits : production ? defaultRateLimits : undefined
  return {
    ...rest,
    executor: gatewayExecutor,
    corsOrigins: given.corsOrigins ?? [],
    playground: given.playground ?? !production,
    introspectionRoles: given.introspectionRoles ?? (production ? [] : '*'),
    freeFormRoles: given.freeFormRoles ?? (production && trustedDocumentsFile ? [adminRole] : '*'),
    ...(trustedDocumentsFile && { trustedDocumentsFile }),
    ...(limited && { rateLimits: limited }),
  }
}

/** @apollo/gateway reports to Apollo, and asks the cloud's metadata services where it runs, unless this variable is set before it is made. */
export function disableApolloTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true'
}
