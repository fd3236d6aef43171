import { setTimers, type Timer, type Transaction, timer } from '@clientele/kit'
import { fileKey, thumbnailKey } from '../store/file-store.js'
import { fileStoreOf } from '../store/store-settings.js'

/** Set by the trigger of each table of files, for bytes whose row has gone. */
export const removeFileObject = { name: 'removeFileObject' } as const
export const endFileUpload = { name: 'endFileUpload' } as const
export const scanFile = { name: 'scanFile' } as const
export const makeFileThumbnail = { name: 'makeFileThumbnail' } as const

/** How many are scanned or made small in one transaction: each takes up to a minute. */
const atOnce = 4

/** What the timers need of each kind of files of a service; what is no file of it any more they leave alone. */
export interface TimedFiles {
  /** Forgets those of these that never arrived. */
  endUploads(tx: Transaction, ids: readonly string[]): Promise<void>
  /** Takes or refuses a file that waits for its scan. Throws UNAVAILABLE `files.scanner`, `files.store`. */
  scan(tx: Transaction, id: string): Promise<void>
  /** Makes the thumbnail of an image, or notes why there is none. Throws UNAVAILABLE `files.store`. */
  makeThumbnail(tx: Transaction, id: string): Promise<void>
}

/** The timers of a service that has files, of whatever kinds. */
export const fileTimers = (service: string, kinds: readonly TimedFiles[]): Timer[] => {
  const oneByOne = (
    which: Pick<Timer, 'name'>,
    work: (kind: TimedFiles, tx: Transaction, id: string) => Promise<void>,
  ) =>
    timer(which.name, async (tx, due) => {
      const rest = due.slice(atOnce).map(({ entityId }) => ({ entityId, at: tx.now() }))
      await setTimers(tx, which, rest)
      for (const { entityId } of due.slice(0, atOnce)) for (const kind of kinds) await work(kind, tx, entityId)
    })
  return [
    timer(removeFileObject.name, async (tx, due) => {
      const store = await fileStoreOf(service, tx)
      for (const { entityId } of due) {
        const key = fileKey(service, tx.actor.tenant, entityId)
        for (const each of [key, thumbnailKey(key)]) await store.remove(each)
      }
    }),
    timer(endFileUpload.name, async (tx, due) => {
      const ids = due.map(({ entityId }) => entityId)
      for (const kind of kinds) await kind.endUploads(tx, ids)
      // Also of files whose rows have gone: their links took bytes until now.
      const store = await fileStoreOf(service, tx)
      for (const id of ids) await store.unstage(fileKey(service, tx.actor.tenant, id))
    }),
    oneByOne(scanFile, (kind, tx, id) => kind.scan(tx, id)),
    oneByOne(makeFileThumbnail, (kind, tx, id) => kind.makeThumbnail(tx, id)),
  ]
}
