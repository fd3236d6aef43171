import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inspect, stillRuns } from './processes.js'

/** Gives the lock back; a later call does nothing, even when somebody else holds it by then. */
export type Release = () => Promise<void>

/** The lock is held by a live process. */
export class Locked extends Error {
  readonly pid: number

  constructor(file: string, pid: number) {
    super(`${file} is held by process ${pid}.`)
    this.name = 'Locked'
    this.pid = pid
  }
}

/** Takes a lock file for this process. A lock whose process is gone is taken over; one whose process lives throws `Locked`. */
export async function takeLock(file: string): Promise<Release> {
  const self = inspect(process.pid)
  const mine = JSON.stringify({ pid: process.pid, started: self?.started ?? '' })
  for (;;) {
    try {
      const handle = await open(file, 'wx', 0o600)
      await handle.writeFile(mine)
      await handle.close()
      return releaseOnce(file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    await removeStale(file)
  }
}

/** Makes this process the only one that works in `dir`. Throws, naming the process, when another one does. */
export async function lockFolder(dir: string): Promise<Release> {
  return takeLock(join(dir, 'lock')).catch((error) => {
    if (!(error instanceof Locked)) throw error
    throw new Error(`${dir} is in use by process ${error.pid}. Stop that one first, or give this one another folder.`)
  })
}

/** Waits until the lock is free, calling `waiting` once when it is not. */
export async function waitForLock(file: string, waiting: (pid: number) => void): Promise<Release> {
  for (let told = false; ; told = true) {
    try {
      return await takeLock(file)
    } catch (error) {
      if (!(error instanceof Locked)) throw error
      if (!told) waiting(error.pid)
      await sleep(200)
    }
  }
}

function releaseOnce(file: string): Release {
  let released: Promise<void> | undefined
  return () => {
    released ??= rm(file, { force: true })
    return released
  }
}

async function removeStale(file: string): Promise<void> {
  const seen = await readFile(file, 'utf8').catch(() => undefined)
  if (seen === undefined) return
  const holder = parseHolder(seen)
  if (holder && stillRuns(holder)) throw new Locked(file, holder.pid)
  // An empty file is one whose owner is about to write it, unless it has stayed empty.
  if (!holder && Date.now() - (await stat(file).catch(() => ({ mtimeMs: 0 }))).mtimeMs < 5_000) return sleep(50)
  // Moved away before it is removed, so that of two who find the same stale lock only one removes it.
  const aside = `${file}.${process.pid}.stale`
  await rename(file, aside).catch(() => undefined)
  await rm(aside, { force: true })
}

function parseHolder(text: string): { pid: number; started: string } | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
