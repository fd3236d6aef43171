import { type Environment, flag, loadConfig, port, url, whole } from '@clientele/kit'
import { z } from 'zod'
import { committedSupergraph } from './committed-supergraph.js'
import { defaultLimits, type Limits } from './limits.js'

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
  /** How long a stop waits for running requests before it cuts them off; 20,000 ms unless given. */
  stopTimeoutMs?: number
  /** How long `/readyz` says no before a stop closes the port, so that load balancers notice; 0 ms unless given. */
  drainMs?: number
  /** Origins that browsers may call from; none unless given. */
  corsOrigins?: readonly string[]
  /** Whether `/` shows GraphiQL to browsers; off unless given. */
  playground?: boolean
  limits?: Partial<Limits>
}

export const defaults = {
  host: '127.0.0.1',
  supergraphFile: committedSupergraph,
  reloadIntervalMs: 1_000,
  subgraphTimeoutMs: 10_000,
  stopTimeoutMs: 20_000,
  drainMs: 0,
  corsOrigins: [] as readonly string[],
  playground: false,
}

export const withDefaults = (config: GatewayConfig) => ({
  ...defaults,
  ...config,
  limits: { ...defaultLimits, ...config.limits },
})

const list = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .refine(
    (origins) => origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
    'not such a list',
  )
  .describe('origins such as https://app.example.com, with commas between them')

const variables = z.object({
  port: port().default(4000),
  host: z.string().default(defaults.host),
  supergraphFile: z.string().default(committedSupergraph),
  subgraphProfilesUrl: url(),
  subgraphInteractionsUrl: url(),
  subgraphSurveysUrl: url(),
  subgraphSegmentationUrl: url(),
  subgraphIntegrationsUrl: url(),
  oidcIssuerUrl: url(),
  oidcAudience: z.string().describe('the audience that access tokens must name'),
  corsOrigins: list.optional(),
  playground: flag().optional(),
  subgraphTimeoutMs: whole(10, 120_000).default(defaults.subgraphTimeoutMs),
  drainMs: whole(0, 60_000).default(defaults.drainMs),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

/** What the stand-alone process needs. */
export interface ProcessConfig {
  gateway: GatewayConfig
  subgraphs: readonly { name: string; url: string }[]
  issuer: string
  audience: string
  logLevel: z.output<typeof variables>['logLevel']
}

/** Reads the environment of the stand-alone process. Throws one ConfigError that lists all faults. */
export function readProcessConfig(env: Environment = process.env): ProcessConfig {
  const { oidcIssuerUrl, oidcAudience, logLevel, corsOrigins = [], playground, ...rest } = loadConfig(variables, env)
  const {
    subgraphProfilesUrl,
    subgraphInteractionsUrl,
    subgraphSurveysUrl,
    subgraphSegmentationUrl,
    subgraphIntegrationsUrl,
    ...gateway
  } = rest
  return {
    gateway: { ...gateway, corsOrigins, playground: playground ?? env.NODE_ENV !== 'production' },
    subgraphs: [
      { name: 'profiles', url: subgraphProfilesUrl },
      { name: 'interactions', url: subgraphInteractionsUrl },
      { name: 'surveys', url: subgraphSurveysUrl },
      { name: 'segmentation', url: subgraphSegmentationUrl },
      { name: 'integrations', url: subgraphIntegrationsUrl },
    ],
    issuer: oidcIssuerUrl,
    audience: oidcAudience,
    logLevel,
  }
}

/** @apollo/gateway reports to Apollo, and asks the cloud's metadata services where it runs, unless this variable is set before it is made. */
export function disableApolloTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true'
}
