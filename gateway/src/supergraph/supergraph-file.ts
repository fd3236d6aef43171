import { createHash } from 'node:crypto'
import { unwatchFile, watchFile } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { type Log, Unavailable } from '@clientele/kit'
import type { SupergraphVersion } from './supergraph-version.js'

/** The supergraph that is served now, kept in step with a file. */
export interface Supergraph {
  current(): SupergraphVersion
  /** The first 12 hex digits of the SHA-256 of the text that is served. */
  version(): string
  stop(): Promise<void>
}

interface Serving {
  version: string
  served: SupergraphVersion
}

export interface SupergraphFileOptions {
  file: string
  /** How often to look at the file. Looking works for every way a file gets replaced: in place, by rename, and by the symlink swap of a ConfigMap. */
  intervalMs: number
  open: (sdl: string) => Promise<SupergraphVersion>
  log: Log
}

/** Opens the supergraph in the file and follows its changes. One that cannot be loaded is refused, and the one before keeps serving. Throws `Unavailable` when the first is broken. */
export async function followSupergraph({ file, intervalMs, open, log }: SupergraphFileOptions): Promise<Supergraph> {
  let serving = await load().catch((cause: Error) => {
    throw new Unavailable(`The supergraph ${file} cannot be loaded: ${cause.message}`, {
      reason: 'supergraph.broken',
      cause,
    })
  })
  let refused: string | undefined
  let work = Promise.resolve()
  const leaving = new Set<Promise<unknown>>()

  async function load(loaded?: Serving): Promise<Serving> {
    const sdl = loaded ? await readSettled(file, Math.min(intervalMs, 100)) : await readFile(file, 'utf8')
    const version = createHash('sha256').update(sdl).digest('hex').slice(0, 12)
    return version === loaded?.version ? loaded : { version, served: await open(sdl) }
  }

  async function reload(): Promise<void> {
    try {
      const next = await load(serving)
      refused = undefined
      if (next.version === serving.version) return
      const { served: old, version: from } = serving
      serving = next
      log.info({ file, from, to: next.version }, 'supergraph reloaded')
      const gone = old
        .close()
        .catch((err) => log.warn({ err, version: from }, 'old supergraph not closed'))
        .finally(() => leaving.delete(gone))
      leaving.add(gone)
    } catch (cause) {
      const why = (cause as Error).message
      if (why !== refused)
        log.error({ file, serving: serving.version }, `supergraph refused, the old one keeps serving: ${why}`)
      refused = why
    }
  }

  const changed = () => {
    work = work.then(reload)
  }
  watchFile(file, { interval: intervalMs, persistent: false }, changed)
  changed() // what happened between the first read and the first look
  return {
    current: () => serving.served,
    version: () => serving.version,
    async stop() {
      unwatchFile(file, changed)
      await work
      await Promise.all([...leaving, serving.served.close()])
    },
  }
}

/** Reads until two looks in a row agree, so that a file which is being written is not taken for a broken one. */
async function readSettled(file: string, pauseMs: number): Promise<string> {
  for (let before: string | undefined; ; ) {
    const text = await readFile(file, 'utf8')
    if (text === before) return text
    before = text
    await setTimeout(pauseMs)
  }
}
