import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const maxBuffer = 64 * 1024 * 1024

/** The files of one version of the repository. */
export interface Revision {
  name: string
  /** The text of a file; undefined where there is none. */
  read(path: string): Promise<string | undefined>
  /** Paths of the files under a folder. */
  list(folder: string): Promise<string[]>
}

const git = async (root: string, ...args: string[]): Promise<string> =>
  (await promisify(execFile)('git', args, { cwd: root, maxBuffer })).stdout

/** Whether commits, and with them tags, are missing from this checkout's history. */
export const isShallow = async (root: string): Promise<boolean> =>
  (await git(root, 'rev-parse', '--is-shallow-repository')).trim() === 'true'

/** The tag of the newest release that this checkout comes from; undefined where there has been none. */
export const lastRelease = async (root: string): Promise<string | undefined> => {
  const tags = await git(root, 'tag', '--merged', 'HEAD', '--list', 'v*', '--sort=-version:refname')
  const here = (await git(root, 'tag', '--points-at', 'HEAD')).split('\n')
  // The commit of a release is held against the release before it.
  return tags.split('\n').find((tag) => /^v\d+\.\d+\.\d+$/.test(tag) && !here.includes(tag))
}

/** A commit or tag, read from the repository's history. */
export const committed = async (root: string, name: string): Promise<Revision> => {
  const paths = (await git(root, 'ls-tree', '-r', '-z', '--name-only', name)).split('\0')
  return {
    name,
    read: async (path) => (paths.includes(path) ? git(root, 'show', `${name}:${path}`) : undefined),
    list: async (folder) => paths.filter((path) => path.startsWith(`${folder}/`)),
  }
}

/** The files as they lie in the folder. */
export const workingTree = (root: string): Revision => ({
  name: 'the working tree',
  read: (path) => readFile(join(root, path), 'utf8').catch(unlessMissing),
  list: async (folder) => {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(unlessMissing)
    return (entries ?? [])
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  },
})

const unlessMissing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error
}
