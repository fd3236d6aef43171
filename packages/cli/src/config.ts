import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Service } from '@clientele/kit'
import {
  type Environment,
  environment,
  loadConfig,
  masterKeySettings,
  metricsPortSettings,
  nameLocaleSetting,
  port,
  secret,
  tracingSettings,
  url,
  variablesOf,
} from '@clientele/kit/client'
import { z } from 'zod'

const settings = masterKeySettings.extend({
  ...metricsPortSettings.shape,
  ...tracingSettings.shape,
  NODE_ENV: z.string().default('development'),
  PORT: port().default(4000),
  CLIENTELE_HOME: z.string().min(1).default('.clientele'),
  CLIENTELE_POSTGRES_PORT: port().default(4032),
  CLIENTELE_NATS_PORT: port().default(4022),
  CLIENTELE_ISSUER_PORT: port().default(4080),
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  DATABASE_SYSTEM_URL: url('postgres', 'postgresql').optional(),
  NAME_LOCALE: nameLocaleSetting,
  NATS_URL: url('nats', 'tls').optional(),
  OIDC_ISSUER_URL: url('http', 'https').optional(),
  OIDC_AUDIENCE: z.string().default('clientele-api'),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: secret().optional(),
  CLIENTELE_URL: url('http', 'https').optional(),
  CLIENTELE_TOKEN: z.string().optional(),
  XDG_CONFIG_HOME: z.string().min(1).default(join(homedir(), '.config')),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('warn'),
})

/** Every setting of the command line, from the environment. */
export type CliConfig = z.output<typeof settings>

/** The variables that the command line reads. */
export const cliVariables = (): string[] => variablesOf(settings)

/** Throws ConfigError with all faults at once. */
export const readConfig = (env: Environment = environment()): CliConfig => loadConfig(settings, env)

/** The settings of one service; an embedded platform lets webhooks reach this machine, and keeps files in its home, unless it is told otherwise. */
export const serviceSettings = (
  service: Service,
  o: { embedded: boolean; home: string },
  env: Environment = environment(),
) => {
  if (!service.config) return {}
  const hasStore = env.FILES_S3_BUCKET?.trim() || env.FILES_FOLDER?.trim()
  const embedded = { WEBHOOK_ALLOW_LOOPBACK: String(o.embedded) }
  return loadConfig(service.config, { ...embedded, ...env, ...(!hasStore && { FILES_FOLDER: join(o.home, 'files') }) })
}
