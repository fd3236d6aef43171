import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { DatabaseUrls } from '@clientele/kit'
import { UsageError } from './command.js'

/** What a running platform tells the other commands: where everything is. Holds secrets, so only its owner may read it. */
export interface RunningPlatform {
  pid: number
  url: string
  natsUrl: string
  issuer: string
  issuerDir: string | null
  databases: Record<string, DatabaseUrls>
}

/** The folder that holds all data of an embedded platform. */
export const openHome = async (path: string) => {
  const dir = resolve(path)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const runningFile = join(dir, 'running.json')
  return {
    dir,
    postgres: join(dir, 'postgres'),
    nats: join(dir, 'nats'),
    issuer: join(dir, 'issuer'),
    /** The password of the services' database roles; made once. */
    databasePassword: () => secretIn(join(dir, 'database-password')),
    announce: async (running: RunningPlatform) => {
      await writeFile(`${runningFile}.new`, JSON.stringify(running, null, 2), { mode: 0o600 })
      await rename(`${runningFile}.new`, runningFile)
    },
    withdraw: () => rm(runningFile, { force: true }),
  }
}

/** Where the platform of this home is. Throws UsageError when none runs. */
export const findPlatform = async (path: string): Promise<RunningPlatform> => {
  const file = join(resolve(path), 'running.json')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  const running = text && (JSON.parse(text) as RunningPlatform)
  if (!running || !isAlive(running.pid)) {
    throw new UsageError(`No Clientele runs from ${resolve(path)}. Start it with: npm start`)
  }
  return running
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const secretIn = async (file: string) => {
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known) return known
  const fresh = randomBytes(24).toString('base64url')
  await writeFile(file, fresh, { mode: 0o600 })
  return fresh
}
