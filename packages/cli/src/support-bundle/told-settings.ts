import { ConfigError, type Environment } from '@clientele/kit'
import { cliVariables } from '../config.js'
import type { Part } from '../doctor/part.js'
import { serviceNames } from '../services-by-name.js'

/** Settings whose values are numbers, words of a list, or names of languages, countries and time zones: told where they are right. */
const plain = new Set([
  ...['LOG_LEVEL', 'MIGRATE', 'BACKGROUND', 'PORT', 'METRICS_PORT', 'PUBLIC_PORT', 'NAME_LOCALE'],
  ...['DATABASE_CONNECTIONS', 'DATABASE_STATEMENT_TIMEOUT_MS'],
  ...['NATS_STREAM_REPLICAS', 'NATS_STREAM_STORAGE', 'NATS_STREAM_MAX_AGE_DAYS', 'NATS_STREAM_MAX_BYTES'],
  ...[
    'PLAYGROUND',
    'SUBGRAPH_TIMEOUT_MS',
    'HEAVY_WAIT_MS',
    'COST_BUDGETS',
    'HSTS_SECONDS',
    'DRAIN_MS',
    'GATEWAY_EXECUTOR',
  ],
  ...['PUBLIC_RATE_PER_ADDRESS', 'PUBLIC_RATE_PER_TOKEN', 'STAFF_DIRECTORY', 'STAFF_SYNC_MINUTES'],
  ...['BULK_CHANGE_CUSTOMERS', 'BULK_CHANGE_OWN_CUSTOMERS', 'BULK_CHANGE_UNDO_DAYS', 'BULK_CHANGE_DAYS'],
  ...['DEFAULT_COUNTRY', 'DEFAULT_TIME_ZONE', 'NOTIFICATION_DAYS', 'WORK_REASSIGNMENT_DAYS', 'RFM_HOURS'],
  ...['WEBHOOK_ALLOW_LOOPBACK', 'WEBHOOK_PORTS', 'WEBHOOK_RETRY_SECONDS', 'WEBHOOK_TIMEOUT_MS'],
  ...['WEBHOOK_CONCURRENCY', 'WEBHOOK_LOG_DAYS'],
  ...['OTEL_SDK_DISABLED', 'OTEL_TRACES_EXPORTER', 'OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG'],
  ...['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'],
])

/** Of these the server is told, and of databases and issuers the path. */
const addresses =
  /^(DATABASE_(OWNER_|SYSTEM_)?URL|NATS_URL|OIDC_ISSUER_URL|PUBLIC_URL|SUBGRAPH_\w+_URL|FILES_S3_(PUBLIC_)?ENDPOINT|FILES_ICAP_URL|STAFF_DIRECTORY_URL|CLIENTELE_VAULT_ADDR|OTEL_EXPORTER_OTLP_(TRACES_)?ENDPOINT)$/
const withPath = /^(DATABASE_(OWNER_|SYSTEM_)?URL|OIDC_ISSUER_URL)$/

const prefix = new RegExp(`^(${serviceNames.join('|')})_`, 'i')
const withheld = '[redacted]'

/** The settings of a part that are set: those that are known to be no secret with their values, those that are wrong without. */
export const toldSettings = (part: Part, env: Environment): Record<string, string> => {
  const wrong = wrongOnes(part)
  const names = [...new Set([...part.variables, ...cliVariables(), 'NODE_ENV'])].toSorted()
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = env[name]?.trim()
      if (!value) return []
      const bare = name.replace(prefix, '')
      return [[name, wrong.has(name) || wrong.has(bare) ? withheld : told(bare, value)]]
    }),
  )
}

const told = (name: string, value: string) => {
  if (name === 'NODE_ENV') return ['production', 'development', 'test'].includes(value) ? value : withheld
  if (plain.has(name)) return value
  if (!addresses.test(name) || !URL.canParse(value)) return withheld
  const { protocol, host, pathname } = new URL(value)
  return `${protocol}//${host}${withPath.test(name) ? pathname : ''}`
}

const wrongOnes = (part: Part) => {
  try {
    part.read()
    return new Set<string>()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return new Set((error.fields ?? []).map(({ path }) => path))
  }
}
