import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { services } from '@clientele/cli/services'
import { freePort } from '@clientele/embedded'
import { startTestIssuer, type TestActor } from '@clientele/testkit'
import { until } from '@clientele/testkit/until'
import type { Platform } from '../days/company.js'
import { postTo } from '../platform/platform.js'
import { startServers } from '../serve/backing.js'
import { buildImage, type Container, readableInside, runContainer } from './containers.js'

/** The parts of each shape, as arguments of the image. */
const shapes = { together: [undefined], apart: ['gateway', ...services.map(({ name }) => name)] }
export type Shape = keyof typeof shapes

/** Clientele in containers of the image, on real backing services; everything ends with the test file. */
export const startImagePlatform = async (shape: Shape): Promise<Platform> => {
  const dir = await mkdtemp(join(tmpdir(), 'clientele-image-days-'))
  const cleanups: (() => Promise<unknown>)[] = [() => rm(dir, { recursive: true, force: true })]
  afterAll(async () => {
    for (const cleanup of cleanups.toReversed()) await cleanup()
  })
  const [image, servers, issuer] = await Promise.all([buildImage(), startServers(dir), startTestIssuer()])
  cleanups.push(issuer.stop, servers.stop)
  const insideKey = await readableInside(servers.masterKey)

  const ports = new Map<string | undefined, number>()
  for (const part of shapes[shape]) ports.set(part, await freePort())
  const url = `http://127.0.0.1:${ports.get('gateway') ?? ports.get(undefined)}`
  const addresses = Object.fromEntries(
    services.map(({ name }) => [`SUBGRAPH_${name.toUpperCase()}_URL`, `http://127.0.0.1:${ports.get(name)}`]),
  )
  const settings = {
    ...{ ...servers.env, CLIENTELE_MASTER_KEY_FILE: insideKey, HOST: '127.0.0.1', PUBLIC_URL: url },
    ...{ OIDC_ISSUER_URL: issuer.issuer, OIDC_AUDIENCE: 'clientele-api', OIDC_CLIENT_ID: 'clientele-platform' },
    ...{
      OIDC_CLIENT_SECRET: 'the secret of the platform',
      WEBHOOK_ALLOW_LOOPBACK: 'true',
      WEBHOOK_RETRY_SECONDS: '1,5',
      FILES_FOLDER: '/tmp/files',
    },
    ...(shape === 'apart' && addresses),
  }
  const containers: Container[] = []
  cleanups.push(() => Promise.all(containers.map((container) => container.stop())))
  for (const [part, port] of ports) {
    const args = part ? ['serve', part] : ['serve']
    // A service that is apart serves its public routes itself.
    const publicPort = await freePort()
    const own = part &&
      part !== 'gateway' && { PUBLIC_PORT: `${publicPort}`, PUBLIC_URL: `http://127.0.0.1:${publicPort}` }
    containers.push(runContainer(image, args, { ...settings, ...own, PORT: `${port}` }, [insideKey]))
  }
  const ended = Promise.race(containers.map(({ ended }, at) => ended.then(() => at)))
  const ready = async () => {
    for (const port of ports.values()) {
      await until(async () => {
        const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
        return answer?.status === 200
      })
    }
  }
  const first = await Promise.race([ended, ready()])
  if (first !== undefined) throw new Error(`a container has ended:\n${containers[first]!.output()}`)
  return {
    ...{ url, natsUrl: servers.natsUrl, issuer, masterKeyPath: servers.masterKey },
    urls: (service) => servers.databases[service]!,
    defer: (cleanup) => void cleanups.push(cleanup),
    token: (actor: string | TestActor) => issuer.token(typeof actor === 'string' ? { roles: [actor] } : actor),
    post: postTo(url),
  }
}
