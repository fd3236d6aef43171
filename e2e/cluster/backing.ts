import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { services } from '@clientele/cli/services'
import { startServeBacking } from '../serve/backing.js'
import { leadIn } from './lead-in.js'
import { machineAddress } from './programs.js'

const portOf = (url: string) => Number(new URL(url).port)

/** PostgreSQL, NATS and the issuer on this machine, and how pods reach them: at the ports that the chart's network policies expect. */
export const startClusterBacking = async (dir: string) => {
  const backing = await startServeBacking(dir, { issuerUrl: 'http://host.internal:8080' })
  const ways = await Promise.all([
    leadIn(machineAddress, 5432, portOf(backing.databases.profiles!.url)),
    leadIn(machineAddress, 4222, portOf(backing.natsUrl)),
    leadIn(machineAddress, 8080, backing.issuerPort),
  ])
  const inCluster = (url: string) => Object.assign(new URL(url), { hostname: 'host.internal', port: '5432' }).href
  const secret = (name: string, stringData: Record<string, string>) => ({
    ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name } },
    stringData,
  })
  return {
    ...backing,
    /** The secrets of the chart's README. */
    secrets: [
      ...services.map(({ name }) => {
        const { url, systemUrl, ownerUrl } = backing.databases[name]!
        const urls = { url: inCluster(url), 'system-url': inCluster(systemUrl), 'owner-url': inCluster(ownerUrl) }
        return secret(`clientele-${name}-database`, urls)
      }),
      secret(
        'clientele-oidc',
        Object.fromEntries(services.map(({ name }) => [name, backing.clientSecret(`clientele-${name}`)])),
      ),
      secret('clientele-master-key', { 'master.key': await readFile(join(dir, 'master-key'), 'utf8') }),
    ],
    stop: async () => {
      for (const way of ways) way.stop()
      await backing.stop()
    },
  }
}
