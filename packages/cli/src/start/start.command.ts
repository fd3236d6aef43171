import { claimPort } from '@clientele/embedded'
import { environment, misspelt, misspeltWarning } from '@clientele/kit/client'
import type { Command } from '../command.js'
import { readConfig } from '../config.js'
import { refuseSecond } from '../home.js'
import { parseOptions } from '../options.js'
import { startPlatform } from './platform.js'
import { refuseSharedPorts } from './ports.js'
import { readyText } from './ready-text.js'
import { startVariables } from './start-variables.js'

/** Starts the whole platform in one process and stays until it is stopped. */
export const start: Command = {
  name: 'start',
  summary: 'Start the whole platform in this process',
  help: `clientele start

Starts PostgreSQL, nats-server and a development issuer, the five services and the gateway in one process,
reachable from this machine only. Data stays in CLIENTELE_HOME. Ctrl-C stops it.

Settings (environment):
  PORT                      gateway, default 4000
  CLIENTELE_HOME            data folder, default .clientele
  CLIENTELE_POSTGRES_PORT   default 4032
  CLIENTELE_NATS_PORT       default 4022
  CLIENTELE_ISSUER_PORT     default 4080
  DATABASE_URL              a PostgreSQL instead of the embedded one; its role may create roles and databases
  NAME_LOCALE               language by whose rules names are in order (sv, pl, de-u-co-phonebk); by default
                            alphabets, then Chinese by pinyin
  NATS_URL                  a nats-server with JetStream instead of the embedded one
  OIDC_ISSUER_URL           an OpenID issuer instead of the development one, with
  OIDC_CLIENT_ID, OIDC_CLIENT_SECRET   the services' own account at it
  CLIENTELE_MASTER_KEY_FILE   the key above those of sensitive fields, made in CLIENTELE_HOME where absent; or
  CLIENTELE_VAULT_ADDR, CLIENTELE_VAULT_TOKEN_FILE, CLIENTELE_VAULT_KEY   Vault's transit engine instead
  PUBLIC_URL                what the world calls this process, for links to pages, feeds and files
  METRICS_PORT              where Prometheus finds /metrics, on a port that has nothing else; unless given, nowhere
  OTEL_EXPORTER_OTLP_ENDPOINT   a collector of traces, see docs/runbooks/traces.md; unless given, nothing is traced
  CORS_ORIGINS, RATE_LIMITS, …   the gateway's own, see gateway/README.md
  LOG_LEVEL                 trace, debug, info, warn or error, default warn`,
  run: async (args) => {
    parseOptions('start', { args })
    for (const each of misspelt(environment(), startVariables())) console.error(`Warning: ${misspeltWarning(each)}`)
    const config = readConfig()
    refuseSharedPorts(config)
    await refuseSecond(config.CLIENTELE_HOME)
    await claimPort(config.PORT, 'PORT')
    if (config.METRICS_PORT) await claimPort(config.METRICS_PORT, 'METRICS_PORT')
    const began = Date.now()
    const platform = await startPlatform(
      config,
      (line) => console.log(`… ${line}`),
      environment(),
      (line) => console.error(`… ${line}`),
    )
    console.log(readyText(platform, (Date.now() - began) / 1000))
    await untilSignal()
    console.log('stopping')
    await platform.stop()
    return 0
  },
}

const untilSignal = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
  })
