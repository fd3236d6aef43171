import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { UsageError } from '../command.js'
import { type SignIn, signIn } from './sign-in.js'

const kept = z.record(z.string(), signIn)

/** The sign-ins of this user, by the origin of the platform, in a file that nobody else may read. */
export const keptSignIns = (file: string) => {
  const readAll = async (): Promise<Record<string, SignIn>> => {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}'
      throw new UsageError(`${file} cannot be read (${error.code}).`, { cause: error })
    })
    const { success, data } = kept.safeParse(parsed(text))
    if (!success) throw new UsageError(`${file} is damaged: remove it, and sign in again.`)
    return data
  }
  /** One process at a time: a refresh token is good once. */
  const alone = async <T>(act: () => Promise<T>): Promise<T> => {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    const { waitForLock } = await import('@clientele/embedded')
    const release = await waitForLock(`${file}.lock`, () => {})
    return act().finally(release)
  }
  const write = async (all: Record<string, SignIn>) => {
    await writeFile(`${file}.new`, JSON.stringify(all, null, 2), { mode: 0o600 })
    await rename(`${file}.new`, file)
  }
  return {
    find: async (origin: string): Promise<SignIn | undefined> => (await readAll())[origin],
    /** Keeps what `change` makes of the sign-in at `origin`; undefined removes it. Nobody else changes it meanwhile. */
    change: (origin: string, change: (known: SignIn | undefined) => Promise<SignIn | undefined>) =>
      alone(async () => {
        const { [origin]: known, ...others } = await readAll()
        const next = await change(known)
        if (next !== known) await write(next ? { ...others, [origin]: next } : others)
        return next
      }),
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
