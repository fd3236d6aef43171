import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { childEnv, type Progress, waitForLock } from '@clientele/embedded'
import type { Java } from './java.js'
import { javaArguments } from './java-arguments.js'
import { fetchRelease, KEYCLOAK_VERSION } from './release.js'

const BUILD_LIMIT_MS = 600_000
const run = promisify(execFile)

/**
 * Keycloak's distribution in `cacheDir`, fetched (checksum verified) and prepared for its database where that has not been
 * done before. Throws with what failed.
 */
export async function findDistribution(cacheDir: string, java: Java, progress: Progress): Promise<string> {
  const folder = join(cacheDir, `keycloak-${KEYCLOAK_VERSION}`)
  const prepared = join(folder, 'prepared')
  if (existsSync(prepared)) return folder
  await mkdir(cacheDir, { recursive: true })
  const unlock = await waitForLock(join(cacheDir, 'keycloak.lock'), (pid) =>
    progress(`waiting for process ${pid}, which is fetching Keycloak`),
  )
  try {
    if (existsSync(prepared)) return folder
    if (!existsSync(folder)) await fetchInto(folder, cacheDir, progress)
    progress('preparing Keycloak, once')
    const build = [...javaArguments(folder), 'build', '--db=dev-file']
    await run(java.path, build, { env: childEnv(), timeout: BUILD_LIMIT_MS })
    await writeFile(prepared, '')
    return folder
  } finally {
    await unlock()
  }
}

async function fetchInto(folder: string, cacheDir: string, progress: Progress): Promise<void> {
  progress(`fetching Keycloak ${KEYCLOAK_VERSION} (168 MB)`)
  const draft = await mkdtemp(join(cacheDir, 'keycloak.'))
  try {
    const archive = join(draft, 'archive')
    await fetchRelease(archive)
    const unpacked = join(draft, 'unpacked')
    await mkdir(unpacked)
    await run('tar', ['-xzf', archive, '-C', unpacked, '--strip-components=1'])
    await rename(unpacked, folder)
  } catch (error) {
    throw new Error(`Keycloak cannot be fetched: ${(error as Error).message}`, { cause: error })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}
