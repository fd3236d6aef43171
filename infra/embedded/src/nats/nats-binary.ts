import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { childEnv } from '../config.js'
import type { Progress } from '../processes/child.js'
import { waitForLock } from '../processes/lock.js'
import { fetchRelease, NATS_VERSION } from './nats-release.js'

export interface NatsBinary {
  path: string
  version: string
}

/** JetStream as we use it needs this version or a later one. */
const OLDEST = [2, 9]
const BUILD_LIMIT_MS = 600_000
const FETCH_LIMIT_MS = 120_000
/** One that is slow to answer beside heavy load must not be built anew. */
const PROBE_LIMIT_MS = 60_000

const run = promisify(execFile)

/** A way to get the program: `get` puts it at `binary`, with `folder` to work in, or throws with the reason why it cannot. */
export interface Source {
  name: string
  get(folder: string, binary: string): Promise<unknown>
}

const sources: Source[] = [
  { name: `the official release v${NATS_VERSION}`, get: fetchRelease },
  { name: 'go install, which takes some minutes', get: buildWithGo },
  { name: "Debian's package", get: unpackDebian },
]

/**
 * Finds a nats-server: on PATH, else in `cacheDir`, else fetched or built into `cacheDir`, where later starts find it.
 * Throws with every reason and what to do when there is no way to get one.
 */
export async function findNats(cacheDir: string, progress: Progress = () => {}): Promise<NatsBinary> {
  const installed = await probe('nats-server')
  if (installed) return installed
  const binary = join(cacheDir, process.platform === 'win32' ? 'nats-server.exe' : 'nats-server')
  const cached = await probe(binary)
  if (cached) return cached
  await mkdir(cacheDir, { recursive: true })
  const unlock = await waitForLock(join(cacheDir, 'nats-server.lock'), (pid) =>
    progress(`waiting for process ${pid}, which is fetching nats-server`),
  )
  try {
    return (await probe(binary)) ?? (await obtain(cacheDir, binary, progress))
  } finally {
    await unlock()
  }
}

/** The program's version, or undefined where it does not run or is too old. */
export async function probe(path: string): Promise<NatsBinary | undefined> {
  try {
    const { stdout } = await run(path, ['--version'], { env: childEnv(), timeout: PROBE_LIMIT_MS })
    const version = /v(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1]
    return version && isRecent(version) ? { path, version } : undefined
  } catch {
    return undefined
  }
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
}

/** Tries the sources in turn until one gives a program that runs, and keeps that as `binary`. */
export async function obtain(
  cacheDir: string,
  binary: string,
  progress: Progress,
  from: readonly Source[] = sources,
): Promise<NatsBinary> {
  const failures: string[] = []
  for (const source of from) {
    progress(`nats-server is not installed; trying ${source.name}`)
    const folder = await mkdtemp(join(cacheDir, 'nats-server.'))
    try {
      const draft = join(folder, 'draft')
      await source.get(folder, draft)
      await chmod(draft, 0o755)
      const got = await probe(draft)
      if (!got) throw new Error('what came does not run here')
      await rename(draft, binary)
      progress(`nats-server ${got.version} is kept in ${binary}`)
      return { ...got, path: binary }
    } catch (error) {
      failures.push(`${source.name}: ${reason(error)}`)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  throw new Error(
    `There is no nats-server on PATH, and none could be fetched:\n${failures.map((line) => `  - ${line}`).join('\n')}\n` +
      'Install nats-server 2.9 or later so that it is on PATH (https://nats.io/download), or set NATS_URL to a running one.',
  )
}

async function buildWithGo(folder: string, binary: string): Promise<void> {
  const env = childEnv({ GOBIN: folder, CGO_ENABLED: '0' })
  const module = `github.com/nats-io/nats-server/v2@v${NATS_VERSION}`
  await run('go', ['install', '-trimpath', module], { cwd: folder, env, timeout: BUILD_LIMIT_MS })
  await rename(join(folder, process.platform === 'win32' ? 'nats-server.exe' : 'nats-server'), binary)
}

/** Unpacked and not installed: installing would also start it as a service of the system. */
async function unpackDebian(folder: string, binary: string): Promise<void> {
  if (!existsSync('/etc/debian_version')) throw new Error('this is not Debian')
  const options = { cwd: folder, env: childEnv(), timeout: FETCH_LIMIT_MS }
  const load = () => run('apt-get', ['download', 'nats-server'], options)
  await load().catch(async (error) => {
    if (process.getuid?.() !== 0) throw error
    await run('apt-get', ['update'], options)
    await load()
  })
  const archive = (await readdir(folder)).find((file) => file.endsWith('.deb'))
  if (!archive) throw new Error('apt-get brought no package')
  await run('dpkg', ['-x', archive, 'unpacked'], options)
  await rename(join(folder, 'unpacked', 'usr', 'sbin', 'nats-server'), binary)
}

function reason(error: unknown): string {
  const { code, stderr, message, cause } = error as Error & { code?: string; stderr?: string }
  if (code === 'ENOENT' && message.startsWith('spawn')) return `${message.split(' ')[1]} is not installed`
  const said = stderr?.trim().split('\n').at(-1)
  return said || (cause instanceof Error && cause.message) || message
}
