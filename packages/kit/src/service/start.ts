import { z } from 'zod'
import { createVerifier } from '../auth/auth.js'
import { clientCredentials } from '../auth/client-credentials.js'
import { type Environment, environment, loadConfig, port, secret, url, whole } from '../config/config.js'
import { createLog } from '../config/log.js'
import { masterKeySettings, masterKeysOf } from '../encryption/master-keys.js'
import { Unavailable } from '../errors/errors.js'
import { health } from '../http/health.js'
import { serve } from '../http/http-server.js'
import { httpSubgraph } from '../http/http-transport.js'
import { ownSettings } from './own-settings.js'
import { type RunningService, run } from './run.js'
import type { Service } from './service.js'

const peerNames = ['PROFILES', 'INTERACTIONS', 'SURVEYS', 'SEGMENTATION', 'INTEGRATIONS'] as const
const checkNames = ['database', 'nats', 'schema', 'keys'] as const

const settings = masterKeySettings.extend({
  HOST: z.string().default('127.0.0.1'),
  PORT: port(),
  DATABASE_URL: url('postgres', 'postgresql'),
  DATABASE_OWNER_URL: url('postgres', 'postgresql'),
  DATABASE_SYSTEM_URL: url('postgres', 'postgresql'),
  DATABASE_CONNECTIONS: whole(1, 100).default(10),
  DATABASE_STATEMENT_TIMEOUT_MS: whole(0, 3_600_000).default(30_000),
  NATS_URL: url('nats', 'tls'),
  OIDC_ISSUER_URL: url(),
  OIDC_AUDIENCE: z.string().default('clientele-api'),
  OIDC_CLIENT_ID: z.string(),
  OIDC_CLIENT_SECRET: secret(),
  PROFILES_URL: url().optional(),
  INTERACTIONS_URL: url().optional(),
  SURVEYS_URL: url().optional(),
  SEGMENTATION_URL: url().optional(),
  INTEGRATIONS_URL: url().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
})

/** A service that answers over HTTP. */
export interface StartedService {
  url: string
  /** Resolves when the service is up; rejects when it cannot start. */
  ready: Promise<RunningService>
  /** Answers what is in flight, finishes what has begun, and closes. May be called again. */
  stop(): Promise<void>
}

/**
 * Runs one service as a process of its own, with the environment as its configuration, until SIGTERM or SIGINT. From the beginning it answers
 * probes: alive, but not ready while it waits for its database and NATS.
 */
export const start = async (service: Service, env: Environment = environment()): Promise<StartedService> => {
  const config = loadConfig(service.config ? settings.extend(service.config.shape) : settings, env) as z.output<
    typeof settings
  >
  const masterKeys = masterKeysOf(config)
  const log = createLog({ name: service.name, level: config.LOG_LEVEL })
  const peers = peerNames.flatMap((name) => {
    const url = config[`${name}_URL`]
    return url ? [httpSubgraph({ name: name.toLowerCase(), url })] : []
  })
  let running: RunningService | undefined
  const up = () => {
    if (running) return running
    throw new Unavailable('The service is starting.', { reason: 'start' })
  }
  const server = await serve({
    subgraph: {
      name: service.name,
      execute: async (request) =>
        running
          ? running.subgraph.execute(request)
          : { errors: [{ message: 'The service is starting.', extensions: { code: 'UNAVAILABLE', reason: 'start' } }] },
    },
    health: health({
      checks: Object.fromEntries(checkNames.map((name) => [name, async () => up().checks[name]?.()])),
    }),
    host: config.HOST,
    port: config.PORT,
    log,
  })
  const ready = run(service, {
    database: {
      url: config.DATABASE_URL,
      ownerUrl: config.DATABASE_OWNER_URL,
      systemUrl: config.DATABASE_SYSTEM_URL,
    },
    natsUrl: config.NATS_URL,
    masterKeys,
    verifier: createVerifier({ issuer: config.OIDC_ISSUER_URL, audience: config.OIDC_AUDIENCE, log }),
    peers: {
      subgraph: (name) => peers.find((peer) => peer.name === name),
      token: clientCredentials({
        issuer: config.OIDC_ISSUER_URL,
        clientId: config.OIDC_CLIENT_ID,
        clientSecret: config.OIDC_CLIENT_SECRET,
      }),
    },
    settings: ownSettings(service.config, settings, config),
    log,
    connections: config.DATABASE_CONNECTIONS,
    statementTimeout: config.DATABASE_STATEMENT_TIMEOUT_MS,
    patience: Number.POSITIVE_INFINITY,
  })
  let stopping: Promise<void> | undefined
  const close = async () => {
    await server.stop()
    await (await ready.catch(() => undefined))?.stop()
    await Promise.all(peers.map((peer) => peer.close()))
  }
  const stop = () => {
    stopping ??= close()
    return stopping
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping')
      if (!running) process.exit(0)
      stop().catch((error: unknown) => log.error({ err: error }, 'stopping failed'))
    })
  }
  ready.then(
    (service) => {
      running = service
      log.info({ url: server.url }, 'ready')
    },
    async (error: unknown) => {
      log.fatal({ err: error }, 'the service cannot start')
      process.exitCode = 1
      await stop()
    },
  )
  return { url: server.url, ready, stop }
}
