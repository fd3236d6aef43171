import type { Service } from '@clientele/kit'
import { type Command, UsageError } from '../command.js'
import { parseOptions } from '../options.js'
import { serviceNamed, serviceNames } from '../services-by-name.js'

/** Serves with the gateway and all services in this process, on backing services of one's own, until it is stopped. */
export const serve: Command = {
  name: 'serve',
  summary: 'Serve on your own PostgreSQL, NATS and issuer: everything in this process, or one part of it',
  help: `clientele serve [gateway|${serviceNames.join('|')}]

Runs the gateway and the five services in one process, for production: nothing is embedded. Start as many of it as you
like; they share the work. /livez says that it lives, /readyz when it can answer. SIGTERM makes it say no on /readyz,
answer what is in flight, finish what has begun, and end with exit code 0.

With a name it runs that part alone, where parts are scaled or owned apart. Each service listens on PORT for the gateway
and its peers, and on PUBLIC_PORT for its public routes where it has any; /livez, /readyz and, unless METRICS_PORT is given,
/metrics are on PORT. The gateway, and each service that asks others, is told where services are: SUBGRAPH_PROFILES_URL, …

Settings (environment), each as for a service alone. With a service's name in front a setting is that service's:
  PROFILES_DATABASE_URL         as its own role, under row-level security; so for INTERACTIONS_, SURVEYS_, …
  PROFILES_DATABASE_OWNER_URL   as the owner of the database, for migrations
  PROFILES_DATABASE_SYSTEM_URL  as the role of relay and jobs
  MIGRATE                       on (default); with off the start waits for \`clientele migrate\` and needs no owner's URL
  BACKGROUND                    on (default); with off events, jobs and timers are left to other replicas
  DATABASE_CONNECTIONS          of each service in each process, 6 to 500, default 20
  NAME_LOCALE                   language by whose rules names are in order (sv, pl, de-u-co-phonebk); by default
                                alphabets, then Chinese by pinyin
  NATS_URL                      a nats-server with JetStream: nats://user:password@host:4222, or tls://…
  OIDC_ISSUER_URL, OIDC_AUDIENCE, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET
  CLIENTELE_MASTER_KEY_FILE     the key above those of sensitive fields; or
  CLIENTELE_VAULT_ADDR, CLIENTELE_VAULT_TOKEN_FILE, CLIENTELE_VAULT_KEY   Vault's transit engine
  HOST, PORT                    where to listen, default 127.0.0.1 and 4000
  METRICS_PORT                  where Prometheus finds /metrics, on a port that has nothing else; unless given, nowhere
  OTEL_EXPORTER_OTLP_ENDPOINT   a collector that takes traces as OTLP over HTTP, such as http://collector:4318; unless given,
                                nothing is traced. OTEL_TRACES_SAMPLER (parentbased_traceidratio), OTEL_TRACES_SAMPLER_ARG
                                (0.01) and the others of OpenTelemetry: see docs/runbooks/traces.md
  PUBLIC_URL                    what the world calls this process, for links to pages, feeds and files; default where it
                                listens, and required with NODE_ENV=production
  PUBLIC_RATE_PER_ADDRESS, PUBLIC_RATE_PER_TOKEN   requests a minute by such links, default 600 and 120
  FILES_S3_BUCKET or FILES_FOLDER   where files are kept, see packages/files/README.md; without one there are none
  FILES_ICAP_URL                a scanner that speaks ICAP (icap://host:1344/avscan), asked before anybody has a file
  DRAIN_MS                      how long it goes on answering, not ready, before the port closes, default 0
  CORS_ORIGINS, RATE_LIMITS, …  the gateway's own, see gateway/README.md
  STAFF_DIRECTORY               keycloak (default) or off; STAFF_SYNC_MINUTES and the others of a service are in its README
  NATS_STREAM_REPLICAS, …       how the stream of events is kept, see docs/runbooks/nats.md
  LOG_LEVEL                     trace, debug, info, warn or error, default info`,
  run: async (args) => {
    const { positionals } = parseOptions('serve', { args, allowPositionals: true })
    const [part, ...more] = positionals
    if (more.length) throw new UsageError(`clientele serve runs one part, or all of them: it takes no "${more[0]}".`)
    if (part === undefined) return serveTogether()
    if (part === 'gateway') await (await import('@clientele/gateway')).startGatewayProcess()
    else await serveAlone(await serviceNamed(part, ['gateway']))
    return 0
  },
}

const serveAlone = async (service: Service) => {
  const { start } = await import('@clientele/kit')
  await (await start(service)).ready
}

const serveTogether = async () => {
  const { serveAll } = await import('./serve.js')
  const serving = await serveAll()
  try {
    await Promise.race([untilSignal(), serving.ready.then(() => new Promise<never>(() => {}))])
  } finally {
    await serving.stop()
  }
  // What still waits for a backing service ends with the process.
  process.exit(0)
}

const untilSignal = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
