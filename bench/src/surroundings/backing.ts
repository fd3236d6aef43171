import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  defaultCacheDir,
  freePort,
  type Issuer,
  type Nats,
  type Postgres,
  type Progress,
  type Running,
  startIssuer,
  startNats,
  startPostgres,
} from '@clientele/embedded'
import { makeMasterKeyFile } from '@clientele/kit'

/** The audience of the tokens of a benchmark. */
export const audience = 'clientele-api'

/** The benchmark's own PostgreSQL, nats-server and issuer. */
export interface Backing {
  postgres: Postgres
  nats: Nats
  issuer: Issuer
  masterKeyFile: string
  stop(): Promise<void>
}

/** Starts the backing services with their data in `home`. PostgreSQL waits for the disk where it is to be `durable`: not where only reads are measured. */
export const startBacking = async (
  home: string,
  progress: Progress,
  { durable = false }: { durable?: boolean } = {},
): Promise<Backing> => {
  const dir = resolve(home)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const running: Running[] = []
  const stop = async () => {
    for (const part of running.splice(0).reverse()) await part.stop()
  }
  const own = <T extends Running>(part: T) => {
    running.push(part)
    return part
  }
  try {
    const at = async (name: string) => ({ dir: join(dir, name), port: await freePort(), progress })
    const postgres = own(await startPostgres({ ...(await at('postgres')), durable }))
    const nats = own(await startNats({ ...(await at('nats')), cacheDir: defaultCacheDir() }))
    const issuer = own(await startIssuer({ ...(await at('issuer')), audience }))
    const masterKeyFile = join(dir, 'master-key')
    await makeMasterKeyFile(masterKeyFile)
    return { postgres, nats, issuer, masterKeyFile, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
