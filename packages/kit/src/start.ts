import { z } from 'zod'
import { createVerifier } from './auth.js'
import { clientCredentials } from './client-credentials.js'
import { type Environment, environment, loadConfig, port, secret, url, whole } from './config.js'
import { health } from './health.js'
import { serve } from './http-server.js'
import { httpSubgraph } from './http-transport.js'
import { createLog } from './log.js'
import { run } from './run.js'
import type { Service } from './service.js'

const settings = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port(),
  DATABASE_URL: url('postgres:', 'postgresql:'),
  DATABASE_OWNER_URL: url('postgres:', 'postgresql:'),
  DATABASE_SYSTEM_URL: url('postgres:', 'postgresql:'),
  DATABASE_CONNECTIONS: whole(1, 100).default(10),
  NATS_URL: url('nats:', 'tls:'),
  OIDC_ISSUER_URL: url('http:', 'https:'),
  OIDC_AUDIENCE: z.string().default('clientele-api'),
  OIDC_CLIENT_ID: z.string(),
  OIDC_CLIENT_SECRET: secret(),
  PROFILES_URL: url('http:', 'https:').optional(),
  INTERACTIONS_URL: url('http:', 'https:').optional(),
  SURVEYS_URL: url('http:', 'https:').optional(),
  SEGMENTATION_URL: url('http:', 'https:').optional(),
  INTEGRATIONS_URL: url('http:', 'https:').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
})

/** Runs one service as a process of its own, with the environment as its configuration, until SIGTERM or SIGINT. */
export const start = async (service: Service, env: Environment = environment()) => {
  const config = loadConfig(service.config ? settings.extend(service.config.shape) : settings, env) as z.output<
    typeof settings
  >
  const log = createLog({ name: service.name, level: config.LOG_LEVEL })
  const peers = Object.entries(config)
    .filter(([name, value]) => /^[A-Z]+_URL$/.test(name) && value && isPeer(name))
    .map(([name, value]) => httpSubgraph({ name: name.slice(0, -4).toLowerCase(), url: String(value) }))
  const running = await run(service, {
    database: {
      url: config.DATABASE_URL,
      ownerUrl: config.DATABASE_OWNER_URL,
      systemUrl: config.DATABASE_SYSTEM_URL,
    },
    natsUrl: config.NATS_URL,
    verifier: createVerifier({ issuer: config.OIDC_ISSUER_URL, audience: config.OIDC_AUDIENCE, log }),
    peers: {
      subgraph: (name) => peers.find((peer) => peer.name === name),
      token: clientCredentials({
        issuer: config.OIDC_ISSUER_URL,
        clientId: config.OIDC_CLIENT_ID,
        clientSecret: config.OIDC_CLIENT_SECRET,
      }),
    },
    settings: config,
    log,
    connections: config.DATABASE_CONNECTIONS,
  })
  const server = await serve({
    subgraph: running.subgraph,
    health: health({ checks: running.checks }),
    host: config.HOST,
    port: config.PORT,
    log,
  })
  log.info({ url: server.url }, 'ready')
  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping')
    await server.stop()
    await running.stop()
    await Promise.all(peers.map((peer) => peer.close()))
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal))
}

const isPeer = (name: string) =>
  ['PROFILES', 'INTERACTIONS', 'SURVEYS', 'SEGMENTATION', 'INTEGRATIONS'].includes(name.slice(0, -4))
