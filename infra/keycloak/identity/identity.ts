import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultCacheDir, freePort, type PrivateKey, startIssuer } from '@clientele/embedded'
import { startKeycloak } from '../src/keycloak.js'
import { addSigningKey } from './keycloak-administration.js'

/** An issuer under test. */
export interface Identity {
  issuer: string
  /** Where people are sent back to. */
  consoleUrl: string
  clientSecret(clientId: string): string
  clientKey(clientId: string): PrivateKey
  /** From now on it signs with a new key; the one before stays published. */
  rotateKeys(): Promise<void>
  stop(): Promise<void>
}

export const startDevelopmentIssuer = (): Promise<Identity> =>
  beside(async ({ dir }) => startIssuer({ dir, port: await freePort() }))

export const startRealKeycloak = (): Promise<Identity> =>
  beside(async ({ dir, consoleUrl }) => {
    const keycloak = await startKeycloak({
      dir,
      port: await freePort(),
      cacheDir: defaultCacheDir(),
      consoleUrl,
      progress: (line) => console.info(line),
    })
    return { ...keycloak, rotateKeys: () => addSigningKey(keycloak) }
  })

/** Starts an issuer with a folder of its own, beside a browser application that only says that it is there. */
async function beside(
  start: (o: { dir: string; consoleUrl: string }) => Promise<Omit<Identity, 'consoleUrl'>>,
): Promise<Identity> {
  const dir = await mkdtemp(join(tmpdir(), 'clientele-identity-'))
  const server = createServer((_request, response) => response.end('the application'))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const consoleUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const clear = async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
    await rm(dir, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const identity = await start({ dir, consoleUrl })
    return { ...identity, consoleUrl, stop: () => identity.stop().then(clear) }
  } catch (error) {
    await clear()
    throw error
  }
}
