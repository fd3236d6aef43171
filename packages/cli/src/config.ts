import type { Service } from '@clientele/kit'
import {
  type Environment,
  environment,
  loadConfig,
  masterKeySettings,
  nameLocaleSetting,
  port,
  secret,
  url,
} from '@clientele/kit/client'
import { z } from 'zod'

const settings = masterKeySettings.extend({
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
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('warn'),
})

/** Every setting of the command line, from the environment. */
export type CliConfig = z.output<typeof settings>

/** Throws ConfigError with all faults at once. */
export const readConfig = (env: Environment = environment()): CliConfig => loadConfig(settings, env)

/** The settings of one service; an embedded platform lets webhooks reach this machine unless it is told otherwise. */
export const serviceSettings = (service: Service, o: { embedded: boolean }, env: Environment = environment()) =>
  service.config ? loadConfig(service.config, { WEBHOOK_ALLOW_LOOPBACK: String(o.embedded), ...env }) : {}
