import { serviceClient } from '@clientele/embedded'
import {
  clientCredentials,
  createLog,
  createVerifier,
  type DatabaseUrls,
  loadConfig,
  masterKeyFile,
  type RunningService,
  run,
  type Service,
} from '@clientele/kit'
import { audience } from '../surroundings/backing.js'

/** How reads are answered: as fast as we can, or by Apollo's executor and the services' ordinary resolvers. */
export type Reading = 'compiled' | 'stock'

/** What services need to run, as it crosses to another process. */
export interface ServiceSurroundings {
  databases: Record<string, DatabaseUrls>
  natsUrl: string
  masterKeyFile: string
  issuer: string
  clientSecrets: Record<string, string>
  now: string
  reading: Reading
  /** Where one trace in a hundred goes; nothing is traced unless given. */
  collector?: string
}

/** Runs services in this process, without their background work: it would change the data while we measure. */
export const runServices = async (surroundings: ServiceSurroundings, names: readonly string[]) => {
  const log = createLog({ name: 'bench', level: 'error' })
  const verifier = createVerifier({ issuer: surroundings.issuer, audience, log })
  const running: RunningService[] = []
  const stop = async () => {
    for (const service of running) await service.stop()
  }
  for (const name of names) {
    const service = await serviceOf(name)
    running.push(
      await run(service, {
        database: surroundings.databases[service.name] as DatabaseUrls,
        natsUrl: surroundings.natsUrl,
        verifier,
        masterKeys: masterKeyFile(surroundings.masterKeyFile, { strict: false }),
        peers: {
          subgraph: (name) => running.find((peer) => peer.name === name)?.subgraph,
          ...clientCredentials({
            issuer: surroundings.issuer,
            clientId: serviceClient(service.name),
            clientSecret: surroundings.clientSecrets[service.name] as string,
          }),
        },
        settings: service.config ? loadConfig(service.config, {}) : {},
        log,
        now: () => new Date(surroundings.now),
        queryCompiler: surroundings.reading === 'compiled',
        background: false,
        migrate: false,
      }),
    )
  }
  return { running, verifier, log, stop }
}

/** Its package alone is loaded, so that a process holds no more than it runs. */
const serviceOf = async (name: string) =>
  ((await import(`@clientele/${name}`)) as Record<string, Service>)[name] as Service
