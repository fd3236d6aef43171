import { z } from 'zod'
import { clientCredentials, type ServiceAccount } from '../auth/client-credentials.js'
import { createVerifier } from '../auth/verify-token.js'
import { type Environment, loadBoth, loadConfig, onOff, secret, url, variablesOf, whole } from '../config/config.js'
import { createLog } from '../config/log.js'
import { masterKeySettings, masterKeysOf } from '../encryption/master-keys.js'
import { natsStreamSettings, streamSettingsOf } from '../events/stream-settings.js'
import { nameLocaleSetting } from '../postgres/schema/name-order.js'
import { connectionBudget } from '../postgres/sessions/connection-budget.js'
import { ownSettings } from './own-settings.js'
import type { Service } from './service.js'
import type { Surroundings } from './surroundings.js'

/** Of every service with real backing services around it. */
export const processSettings = masterKeySettings.extend({
  ...natsStreamSettings.shape,
  DATABASE_URL: url('postgres', 'postgresql'),
  DATABASE_OWNER_URL: url('postgres', 'postgresql'),
  DATABASE_SYSTEM_URL: url('postgres', 'postgresql'),
  DATABASE_CONNECTIONS: whole(connectionBudget.least, connectionBudget.most).default(connectionBudget.usual),
  DATABASE_STATEMENT_TIMEOUT_MS: whole(0, 3_600_000).default(30_000),
  NAME_LOCALE: nameLocaleSetting,
  /** With `off` the schema is brought up to date elsewhere, by `clientele migrate`, and the start waits for it. */
  MIGRATE: onOff().default(true),
  /** With `off` relay, consumers and jobs run in other replicas. */
  BACKGROUND: onOff().default(true),
  NATS_URL: url('nats', 'tls'),
  OIDC_ISSUER_URL: url(),
  OIDC_AUDIENCE: z.string().default('clientele-api'),
  OIDC_CLIENT_ID: z.string(),
  OIDC_CLIENT_SECRET: secret(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
})

/** Who does not migrate needs no right to. */
const withoutOwner = { DATABASE_OWNER_URL: processSettings.shape.DATABASE_OWNER_URL.optional() }

/** The variables that a service with real backing services around it reads. */
export const processVariables = (service: Service): string[] => variablesOf(processSettings, service.config)

/** What a service with real backing services around it takes from the environment: everything but how it reaches its peers. */
export interface ProcessSurroundings extends Omit<Surroundings, 'peers'> {
  /** The service's own account, to ask its peers with. */
  account: ServiceAccount
}

/**
 * Reads the settings of one service, its own declared ones included, and those of its `host`, the process around it. The service waits for its
 * backing services as long as it takes.
 * @throws ConfigError with all faults together
 */
export const processSurroundings = <Host extends z.ZodObject>(
  service: Service,
  host: Host,
  env: Environment,
): ProcessSurroundings & { host: z.output<Host> } => {
  const isMigrated = env.MIGRATE?.trim() === 'off'
  const ofProcess = processSettings.extend({ ...host.shape, ...(isMigrated && withoutOwner) })
  const [config, masterKeys] = loadBoth(
    () =>
      loadConfig(service.config ? ofProcess.extend(service.config.shape) : ofProcess, env) as z.output<
        typeof processSettings
      >,
    () => masterKeysOf(loadConfig(masterKeySettings, env)),
  )
  const log = createLog({ name: service.name, level: config.LOG_LEVEL })
  return {
    host: config as never,
    database: {
      url: config.DATABASE_URL,
      ownerUrl: isMigrated ? undefined : config.DATABASE_OWNER_URL,
      systemUrl: config.DATABASE_SYSTEM_URL,
    },
    nameLocale: config.NAME_LOCALE,
    migrate: config.MIGRATE,
    background: config.BACKGROUND,
    natsUrl: config.NATS_URL,
    stream: streamSettingsOf(config),
    masterKeys,
    verifier: createVerifier({ issuer: config.OIDC_ISSUER_URL, audience: config.OIDC_AUDIENCE, log }),
    account: clientCredentials({
      issuer: config.OIDC_ISSUER_URL,
      clientId: config.OIDC_CLIENT_ID,
      clientSecret: config.OIDC_CLIENT_SECRET,
      log,
    }),
    settings: ownSettings(service.config, ofProcess, config),
    log,
    connections: config.DATABASE_CONNECTIONS,
    statementTimeout: config.DATABASE_STATEMENT_TIMEOUT_MS,
    patience: Number.POSITIVE_INFINITY,
  }
}

/** The environment as one of several services in a process sees it: `<NAME>_DATABASE_URL` is the DATABASE_URL of the service of that name. */
export const environmentOf = (service: Service, env: Environment): Environment => {
  const prefix = `${service.name.toUpperCase()}_`
  const own = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith(prefix) && value?.trim() ? [[name.slice(prefix.length), value]] : [],
  )
  return { ...env, ...Object.fromEntries(own) }
}
