import { claimPort, demoUsers } from '@clientele/embedded'
import type { Command } from '../command.js'
import { readConfig } from '../config.js'
import { type Platform, startPlatform } from './platform.js'

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
  NATS_URL                  a nats-server with JetStream instead of the embedded one
  OIDC_ISSUER_URL           an OpenID issuer instead of the development one, with
  OIDC_CLIENT_ID, OIDC_CLIENT_SECRET   the services' own account at it
  LOG_LEVEL                 trace, debug, info, warn or error, default warn`,
  run: async () => {
    const config = readConfig()
    await claimPort(config.PORT, 'PORT')
    const began = Date.now()
    const platform = await startPlatform(config, (line) => console.log(`… ${line}`))
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

const readyText = (platform: Platform, seconds: number) => {
  const users = demoUsers.map(({ name, tenant, roles }) => `${name} (${tenant}: ${roles.join(', ')})`)
  return `
  GraphQL     ${platform.url}/graphql
  playground  ${platform.url}/
  issuer      ${platform.issuer}
${platform.demoToken ? `  demo users  ${users.join(' · ')}\n` : ''}
  Try it from another terminal:

    npx clientele sample
    curl -s ${platform.url}/graphql -H 'content-type: application/json' \\
      -H "authorization: Bearer $(npx clientele token --as manager)" \\
      -d '{"query":"{ customers(first: 3) { nodes { number displayName purchaseSummary { count } } } }"}'

ready in ${seconds.toFixed(1)} s: ${platform.url}`
}
