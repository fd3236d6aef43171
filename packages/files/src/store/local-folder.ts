import { randomBytes, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Invalid } from '@clientele/kit'
import { checkedKey, type FileStore, noSuchFile } from './file-store.js'
import { type LinkClaims, openToken, signToken } from './signed-token.js'

/** The store of one machine, whose links lead to a route of ours. */
export interface LocalFolder extends FileStore {
  /** What a token of one of its links allows. */
  open(token: string, now: Date): Promise<LinkClaims | undefined>
  /** Stages exactly so many bytes, and leaves nothing of others. Throws INVALID `file.size` for more or less, NOT_FOUND when it is ended by `signal`. */
  stage(key: string, bytes: number, o: { body: Readable; signal: AbortSignal }): Promise<void>
  /** How many bytes were kept; undefined where there is nothing. */
  size(key: string): Promise<number | undefined>
}

/** Keeps files in a folder, which all processes of a service share; `linkOf` makes the URL of a token. */
export const localFolder = (folder: string, linkOf: (token: string) => string): LocalFolder => {
  const staged = (key: string) => join(folder, 'staged', checkedKey(key))
  const kept = (key: string) => join(folder, 'kept', checkedKey(key))
  /** Where a file is while it is written: apart, so that what a process has left that died is found among few. */
  const part = (key: string) => join(folder, 'parts', checkedKey(key))
  const newPart = async (key: string) => {
    await mkdir(dirname(part(key)), { recursive: true })
    return `${part(key)}.${randomUUID()}`
  }
  const removeParts = async (key: string) => {
    const names = (await orNothing(readdir(dirname(part(key))))) ?? []
    const ofKey = names.filter((name) => name.startsWith(`${basename(key)}.`))
    await Promise.all(ofKey.map((name) => rm(join(dirname(part(key)), name), { force: true })))
  }
  let secret: Promise<Buffer> | undefined
  const ownSecret = () => {
    secret ??= secretOf(folder)
    secret.catch(() => {
      secret = undefined
    })
    return secret
  }
  const size = async (key: string) => (await orNothing(stat(kept(key))))?.size

  return {
    uploadLink: async (key, { bytes, now, seconds }) =>
      linkOf(signToken(await ownSecret(), { put: checkedKey(key), bytes, until: now.getTime() + seconds * 1_000 })),
    keep: async (key) => {
      await mkdir(dirname(kept(key)), { recursive: true })
      await orNothing(rename(staged(key), kept(key)))
      return size(key)
    },
    put: async (key, bytes) => {
      await mkdir(dirname(kept(key)), { recursive: true })
      const path = await newPart(key)
      await writeFile(path, bytes, { mode: 0o600 })
      await rename(path, kept(key))
    },
    downloadLink: async (key, { name, mediaType, now, seconds }) =>
      linkOf(
        signToken(await ownSecret(), { get: checkedKey(key), name, mediaType, until: now.getTime() + seconds * 1_000 }),
      ),
    read: async (key, { first, last } = { first: 0, last: Number.POSITIVE_INFINITY }) => {
      const file = await orNothing(open(kept(key)))
      if (!file) throw noSuchFile()
      return createReadStream('', { fd: file, start: first, end: last })
    },
    unstage: async (key) => {
      await removeParts(key)
      await rm(staged(key), { force: true })
    },
    remove: async (key) => {
      await removeParts(key)
      await Promise.all([staged(key), kept(key)].map((path) => rm(path, { force: true })))
    },
    open: async (token, now) => openToken(await ownSecret(), token, now),
    size,
    stage: async (key, bytes, { body, signal }) => {
      await mkdir(dirname(staged(key)), { recursive: true })
      const path = await newPart(key)
      try {
        const file = await open(path, 'wx', 0o600)
        await pipeline(body, file.createWriteStream(), { signal })
        if ((await stat(path)).size !== bytes) {
          throw new Invalid(`This link is for a file of ${bytes} bytes.`, { reason: 'file.size', params: { bytes } })
        }
        await rename(path, staged(key))
      } catch (error) {
        // The file was removed meanwhile, and with it what had arrived of it.
        if (signal.aborted || isNothing(error)) throw noSuchFile()
        throw error
      } finally {
        await rm(path, { force: true })
      }
    },
  }
}

const isNothing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

const orNothing = <T>(found: Promise<T>): Promise<T | undefined> =>
  found.catch((error: NodeJS.ErrnoException) => {
    if (isNothing(error)) return undefined
    throw error
  })

/** What the folder's links are signed with, made by whoever comes first. */
const secretOf = async (folder: string): Promise<Buffer> => {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'secret')
  const draft = `${path}.${randomUUID()}`
  const file = await open(draft, 'wx', 0o600)
  await file.writeFile(randomBytes(32))
  await file.close()
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft)
  return readFile(path)
}
