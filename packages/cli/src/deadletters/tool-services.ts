import { serviceClient, signToken } from '@clientele/embedded'
import {
  clientCredentials,
  connectionBudget,
  createLog,
  createVerifier,
  type RunningService,
  run,
} from '@clientele/kit'
import { UsageError } from '../command.js'
import type { CliConfig } from '../config.js'
import type { RunningPlatform } from '../home.js'
import { masterKeysFor } from '../keys/master-keys.js'
import { services } from '../services.js'

/** The services once more in this process, without their background work: to hand single events to their consumers. */
export const openServices = async (platform: RunningPlatform, config: CliConfig) => {
  const log = createLog({ name: 'deadletters', level: 'error' })
  const verifier = createVerifier({ issuer: platform.issuer, audience: config.OIDC_AUDIENCE, log })
  const masterKeys = await masterKeysFor(config)
  const running: RunningService[] = []
  const stop = async () => {
    await Promise.all(running.map((service) => service.stop()))
  }
  try {
    for (const service of services) {
      const started = await run(service, {
        database: databaseOf(platform, service.name),
        natsUrl: platform.natsUrl,
        verifier,
        masterKeys,
        peers: {
          subgraph: (name) => running.find((peer) => peer.name === name)?.subgraph,
          token: serviceToken(service.name, platform, config),
        },
        settings: { ...config },
        log,
        background: false,
        migrate: false,
        connections: connectionBudget.least,
      })
      running.push(started)
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { running, stop }
}

/** Where a service of the running platform keeps its data. */
export const databaseOf = ({ databases }: RunningPlatform, service: string) => {
  const database = databases[service]
  if (!database) throw new UsageError(`The running platform has no service ${service}.`)
  return database
}

const serviceToken = (service: string, { issuer, issuerDir }: RunningPlatform, config: CliConfig) => {
  if (issuerDir) {
    return () => signToken({ dir: issuerDir, issuer, audience: config.OIDC_AUDIENCE, as: serviceClient(service) })
  }
  const { OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = config
  if (!clientId || !clientSecret) {
    throw new UsageError('The platform uses an issuer of its own: set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.')
  }
  return clientCredentials({ issuer, clientId, clientSecret }).token
}
