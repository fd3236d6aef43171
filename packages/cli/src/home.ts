import { randomBytes } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
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

/** The folder that holds all data of an embedded platform; made where it is missing. Throws UsageError where it cannot be written. */
export const openHome = async (path: string) => {
  const dir = resolve(path)
  try {
    await makeFolder(dir)
    await readdir(dir)
    await access(dir, constants.W_OK)
  } catch (error) {
    throw new UsageError(`The data folder ${dir} cannot be used (${codeOf(error)}). Set CLIENTELE_HOME to another one.`)
  }
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
  const text = await readFile(file, 'utf8').catch((error) => {
    if (codeOf(error) !== 'EACCES') return undefined
    throw new UsageError(`${file} may not be read by this user: Clientele runs there as somebody else.`)
  })
  const running = text && (JSON.parse(text) as RunningPlatform)
  if (!running || !isAlive(running.pid)) {
    throw new UsageError(
      `No Clientele runs from ${resolve(path)}. Start it with: npm start\n` +
        'Where it runs from another folder, set CLIENTELE_HOME to that one.',
    )
  }
  return running
}

/** Throws UsageError when a platform that answers runs from this home. A file that a killed one left behind does not count. */
export const refuseSecond = async (path: string) => {
  const running = await findPlatform(path).catch(() => undefined)
  if (!running) return
  const answers = await fetch(`${running.url}/livez`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
  if (!answers) return
  throw new UsageError(
    `Clientele runs from ${resolve(path)} already, at ${running.url} (process ${running.pid}). ` +
      'Stop it first, or set CLIENTELE_HOME and the ports for a second one.',
  )
}

// Node's own recursive mkdir never returns where the system refuses a new folder with ENOENT, as /proc does.
const makeFolder = async (dir: string): Promise<void> => {
  try {
    await mkdir(dir, { mode: 0o700 })
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return
    if (codeOf(error) !== 'ENOENT' || existsSync(dirname(dir))) throw error
    await makeFolder(dirname(dir))
    await makeFolder(dir)
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

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
