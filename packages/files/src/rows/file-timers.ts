import { type Timer, type Transaction, timer } from '@clientele/kit'
import { fileKey } from '../store/file-store.js'
import { fileStoreOf } from '../store/store-settings.js'

/** Set by the trigger of each table of files, for bytes whose row has gone. */
export const removeFileObject = { name: 'removeFileObject' } as const
export const endFileUpload = { name: 'endFileUpload' } as const

/** What the timers need of each kind of files of a service. */
export interface TimedFiles {
  /** Forgets those of these that never arrived, and what old links have left of the others. */
  endUploads(tx: Transaction, ids: readonly string[]): Promise<void>
}

/** The timers of a service that has files, of whatever kinds. */
export const fileTimers = (service: string, kinds: readonly TimedFiles[]): Timer[] => [
  timer(removeFileObject.name, async (tx, due) => {
    const store = await fileStoreOf(service, tx)
    for (const { entityId } of due) await store.remove(fileKey(service, tx.actor.tenant, entityId))
  }),
  timer(endFileUpload.name, async (tx, due) => {
    const ids = due.map(({ entityId }) => entityId)
    for (const kind of kinds) await kind.endUploads(tx, ids)
  }),
]
